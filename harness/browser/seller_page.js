// Runs first in every document of a seller's page and tells SellerPage what happens there.
// `time` is in milliseconds since the epoch, on the one clock that all documents share.
(() => {
  const note = (kind, detail = {}) =>
    globalThis.payframeNote({ kind, time: performance.timeOrigin + performance.now(), ...detail });
  const FRAME = "rest-payment-frame";

  if (window === top) {
    addEventListener("message", ({ data, origin, source }) => {
      const frame = document.getElementById(FRAME);
      note("to seller", { data, origin, fromFrame: source === frame?.contentWindow });
    });
    document.addEventListener("DOMContentLoaded", () => {
      const frame = document.getElementById(FRAME);
      if (!frame) return;
      new ResizeObserver(() => {
        const { width, height } = frame.getBoundingClientRect();
        note("box", { width, height });
      }).observe(frame);
    });
    document.addEventListener("load", ({ target }) => {
      if (target.id === FRAME) note("load");
    }, true);
    return;
  }

  // Any frame of the shop's but those that a test puts beside it; the page may change its name.
  if (parent !== top || location.protocol === "about:") return;
  note("document", { url: location.href });

  // The style is 30 kB of no interest: only how much of it came by name is kept.
  const named = (style) => Object.keys(style).filter((key) => !/^\d+$/.test(key)).length;
  let heard = false;
  const listen = EventTarget.prototype.addEventListener;
  listen.call(window, "message", ({ data, origin, source }) => {
    heard = true;
    const style = data?.BX_COMPUTED_STYLE;
    note("to frame", {
      data: style ? { ...data, BX_COMPUTED_STYLE: { named: named(style) } } : data,
      origin,
      fromSeller: source === parent,
    });
  });

  // What is added after the load has missed the seller's message, or may have.
  const loaded = () => performance.getEntriesByType("navigation")[0]?.loadEventEnd > 0;
  const listening = () => note(loaded() ? "late listener" : "listener");
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (type === "message" && (this ?? window) === window) listening();
    return listen.call(this ?? window, type, ...rest);
  };
  const own = Object.getOwnPropertyDescriptor(window, "onmessage");
  if (own?.set) {
    Object.defineProperty(window, "onmessage", {
      ...own,
      set(value) {
        if (value) listening();
        own.set.call(this, value);
      },
    });
  }
  // <body onmessage> comes past both.
  listen.call(document, "DOMContentLoaded", () => {
    if (globalThis.onmessage) note("listener");
  });
  // Not every Chromium says that it has blocked what a script wants to save.
  const click = HTMLElement.prototype.click;
  HTMLElement.prototype.click = function () {
    if (this instanceof HTMLAnchorElement && this.hasAttribute("download")) note("download");
    return click.call(this);
  };
  const tellTasks = (entries) => {
    for (const { name, startTime, duration } of entries) {
      if (name === "self") note("task", { time: performance.timeOrigin + startTime, duration });
    }
  };
  const tasks = new PerformanceObserver((list) => tellTasks(list.getEntries()));
  tasks.observe({ type: "longtask", buffered: true });
  // Browsers tell an observer when they have nothing better to do: on a busy machine much later.
  globalThis.payframeTellTasks = () => tellTasks(tasks.takeRecords());
  // Told once a burst: a page that animates itself would drown everything else.
  let told = 0;
  new MutationObserver(() => {
    if (heard && performance.now() - told > 100) {
      told = performance.now();
      note("change");
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
