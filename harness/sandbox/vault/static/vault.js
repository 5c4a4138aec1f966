// @ts-check
// The vault's script, for pages that take cards with its fields:
//
//   const vault = Vault("pk_sandbox");
//   const number = vault.field("number", { label: "Card number" });
//   number.on("ready", show).mount(document.querySelector("#number"));
//   const { token, error } = await vault.tokenize();
//
// It makes frames and nothing else of the page's: no markup, no style, no script.
(() => {
  const { origin } = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src);
  const NO_OPTIONS = { style: {}, label: "", placeholder: "", error: "", disabled: false };

  /** @param {string} key */
  const Vault = (key) => {
    if (!/^pk_/.test(key)) throw Error("Vault() needs a public key, which begins with pk_");
    const session = crypto.getRandomValues(new Uint32Array(2)).join("-");
    /** @type {Map<string, { frame: HTMLIFrameElement, heard: (data: any) => void }>} */
    const fields = new Map();
    /** @type {Map<string, (answer: object) => void>} */
    const asked = new Map();

    /** @param {string} kind @param {object} message */
    const say = (kind, message) =>
      fields.get(kind)?.frame.contentWindow?.postMessage({ vault: session, ...message }, origin);

    addEventListener("message", ({ data, source, origin: from }) => {
      if (from !== origin || data?.vault !== session) return;
      const field = fields.get(data.kind);
      if (!field || source !== field.frame.contentWindow) return;
      if (data.type !== "token") return field.heard(data);
      asked.get(data.id)?.(data);
      asked.delete(data.id);
    });

    return {
      /** `kind` is number, expiry, cvc or name. @param {string} kind @param {object} given */
      field(kind, given = {}) {
        let options = { ...NO_OPTIONS, ...given };
        /** @type {Record<string, ((data: any) => void)[]>} */
        const listeners = {};
        const frame = document.createElement("iframe");
        const show = () => say(kind, { type: "show", options });
        /** @param {string} type @param {object} [data] */
        const emit = (type, data) => listeners[type]?.forEach((listener) => listener(data));
        const field = {
          /** ready, change, focus, blur, submit. @param {string} type @param {() => void} listener */
          on(type, listener) {
            (listeners[type] ??= []).push(listener);
            return field;
          },
          /** @param {HTMLElement} element */
          mount(element) {
            frame.src = `${origin}/field#${kind}/${session}`;
            frame.title = options.label;
            frame.addEventListener("focus", () => say(kind, { type: "focus" }));
            fields.set(kind, {
              frame,
              heard({ type, ...data }) {
                if (type !== "loaded") return emit(type, data);
                show();
                emit("ready");
              },
            });
            element.append(frame);
            return field;
          },
          /** @param {object} changes */
          update(changes) {
            options = { ...options, ...changes };
            frame.title = options.label;
            show();
          },
          focus() {
            frame.focus();
            say(kind, { type: "focus" });
          },
          clear: () => say(kind, { type: "clear" }),
        };
        return field;
      },
      /** What stands for the card: `token`, or `error`, such as invalid_card and unreachable. */
      tokenize() {
        const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
        say("number", { type: "tokenize", id });
        return new Promise((answer) => asked.set(id, answer));
      },
    };
  };
  Object.assign(globalThis, { Vault });
})();
