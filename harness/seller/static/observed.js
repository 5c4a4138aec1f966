// @ts-check
// Tells the studio around a payment page what is said between the shop and the payment frame.
// The frame cannot see it: nothing is added to what it gets.
(() => {
  if (parent === window) return;
  const FRAME = "rest-payment-frame";
  const frame = () => /** @type {HTMLIFrameElement | null} */ (document.getElementById(FRAME));

  /** @param {string} kind @param {object} [detail] */
  const tell = (kind, detail = {}) => {
    const time = (performance.timeOrigin + performance.now()) / 1000;
    try {
      parent.postMessage({ payframe: kind, time, ...detail }, location.origin);
    } catch {
      // What cannot be copied once more, such as a file handle, is named at least.
      const data = "data that cannot be shown";
      parent.postMessage({ payframe: kind, time, ...detail, data }, location.origin);
    }
  };
  const box = () => {
    const { width, height } = frame()?.getBoundingClientRect() ?? { width: 0, height: 0 };
    return { width, height };
  };
  const given = () => ({ width: frame()?.style.width, height: frame()?.style.height });

  tell("opened", { path: location.pathname + location.search });
  document.addEventListener("load", ({ target }) => {
    if (target instanceof HTMLIFrameElement && target.id === FRAME) tell("load");
  }, true);
  document.addEventListener("posted", (event) => {
    tell("to frame", { data: /** @type {CustomEvent} */ (event).detail });
  });
  document.addEventListener("noise", (event) => {
    tell("noise", /** @type {CustomEvent} */ (event).detail);
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (!(target instanceof HTMLFormElement)) return;
    const data = Object.fromEntries(new FormData(target, submitter));
    tell("form", { action: target.action, method: target.method, data });
  });
  document.addEventListener("DOMContentLoaded", () => {
    const shown = frame();
    if (!shown) return tell("no frame", { title: document.title });
    new ResizeObserver(() => tell("box", box())).observe(shown);
    tell("frame", { url: shown.src, sandbox: shown.getAttribute("sandbox") });
  });

  // The first listener of the window sees what the frame's size was before the shop obeys.
  addEventListener("message", ({ data, origin, source }) => {
    const before = given();
    const fromFrame = source === frame()?.contentWindow;
    setTimeout(() => {
      const after = given();
      const changed = before.width !== after.width || before.height !== after.height;
      tell("to shop", { data, origin, fromFrame, changed, box: box() });
    });
  });
})();
