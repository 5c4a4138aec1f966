// Runs in the shop's page and in every frame before any other script, and takes the times there.
"use strict";
(() => {
  const posted = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...message) {
    bench.messages += 1;
    return posted.apply(this, message);
  };
  const bench = globalThis.bench = {
    /** Messages that came to this window, and those that it sent through ports. */
    messages: 0,
    /** Sum of the layout shifts seen here. */
    shift: 0,
  };
  addEventListener("message", () => bench.messages += 1, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) bench.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  const frame = () => new Promise(requestAnimationFrame);
  bench.frames = async (count) => {
    for (let n = 0; n < count; n++) await frame();
  };
  if (parent === window) return;

  /** When the document began, in ms after the navigation. */
  bench.start = performance.now();
  /** What changed at which animation frame. */
  bench.timeline = [];

  /** Frame and content are equally high, within a pixel, and nothing scrolls. */
  function measure() {
    const root = document.documentElement;
    const content = root.getBoundingClientRect().height;
    return {
      frame: innerHeight,
      content,
      state: document.querySelector("main")?.dataset.state,
      fits: Math.abs(innerHeight - content) <= 1 && root.scrollHeight <= innerHeight &&
        root.scrollWidth <= innerWidth,
    };
  }

  (async () => {
    for (;;) {
      await frame();
      if (document.readyState === "loading" || !document.querySelector("main")) continue;
      const now = measure();
      const last = bench.timeline.at(-1);
      if (!last || Object.keys(now).some((key) => now[key] !== last[key])) {
        bench.timeline.push({ ...now, time: performance.now() });
      }
    }
  })();

  /**
   * Waits until nothing has changed for `quiet` animation frames; then says when the size was
   * correct for the first time, and since when it has been (null: it is not).
   */
  bench.settled = async (state, quiet = 25) => {
    for (let still = 0, seen = -1; still < quiet; still++) {
      await frame();
      const { length } = bench.timeline;
      const waits = document.readyState !== "complete" ||
        state && bench.timeline.at(-1)?.state !== state;
      if (seen !== length || waits) still = 0;
      seen = length;
    }
    const { timeline } = bench;
    const wrong = timeline.findLastIndex((each) => !each.fits);
    return {
      start: bench.start,
      origin: performance.timeOrigin,
      first: timeline.find((each) => each.fits)?.time ?? null,
      settled: timeline[wrong + 1]?.time ?? null,
      shown: state ? timeline.find((each) => each.state === state).time : null,
    };
  };

  const block = document.createElement("div");
  block.style.height = "120px";

  /**
   * Content comes or goes, at a moment as random as a buyer's: the time and the number of
   * animation frames that show it at the wrong size (null: it stays wrong).
   */
  bench.change = async (grow) => {
    await new Promise((done) => setTimeout(done, Math.random() * 50));
    const begun = performance.now();
    if (grow) document.querySelector("main").append(block);
    else block.remove();
    for (let wrong = 0; wrong < 40; wrong++) {
      await frame();
      if (!measure().fits) continue;
      const time = performance.now() - begun;
      // Messages that come late count as well.
      await bench.frames(15);
      return { time, wrong };
    }
    return null;
  };

  /** Whether the frame ever rests for 30 animation frames, of 300, once `css` has been added. */
  bench.grows = async (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    let still = 0;
    for (let n = 0, height = 0; n < 300 && still < 30; n++) {
      await frame();
      still = innerHeight === height ? still + 1 : 0;
      height = innerHeight;
    }
    // With the style still in force.
    return { grows: still < 30, ...measure() };
  };
})();
