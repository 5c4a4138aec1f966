// @ts-check
// Runs before the page's own scripts, and keeps in payframeCode what text they run as code.
(() => {
  const QUOTED = 300; // characters of a text
  const page = /** @type {any} */ (globalThis);
  /** @type {string[]} */
  const found = page.payframeCode = [];

  /** Only what the page calls itself: the browser's tools run scripts without an address. */
  /** @param {unknown} code */
  const note = (code) => {
    const stack = new Error().stack ?? "";
    if (/https?:/.test(stack)) found.push(String(code).slice(0, QUOTED));
  };
  /** @param {unknown[]} given */
  const noteText = ([code]) => {
    if (typeof code === "string") note(code);
  };
  /**
   * The function itself, whose arguments `watch` is told.
   * @param {any} real
   * @param {(given: unknown[]) => void} watch
   */
  const watched = (real, watch) =>
    new Proxy(real, {
      apply(target, self, given) {
        const made = Reflect.apply(target, self, given);
        watch(given);
        return made;
      },
      construct(target, given, wanted) {
        const made = Reflect.construct(target, given, wanted);
        watch(given);
        return made;
      },
    });

  const RealFunction = Function;
  page.eval = watched(eval, noteText);
  page.Function = watched(RealFunction, (given) => note(given.at(-1) ?? ""));
  RealFunction.prototype.constructor = page.Function;
  page.setTimeout = watched(setTimeout, noteText);
  page.setInterval = watched(setInterval, noteText);
})();
