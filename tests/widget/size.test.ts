/** The frame's window, as far as its size goes: widths, heights and animation frames by hand. */

import assert from "node:assert/strict";
import { reportSize } from "../../widget/src/size.ts";

const WIDE = 640;
const NARROW = 100;

/**
 * A frame whose content is 676 px high, or more the narrower the frame is, and at least as wide as
 * `needed`. It starts with no more than `width`.
 */
function frame({ width: first = WIDE, needed = 0 } = {}) {
  const posted: unknown[] = [];
  const events = new EventTarget();
  const addEventListener = events.addEventListener.bind(events);
  let callbacks: (() => void)[] = [];
  let observe = () => {};
  let timer = () => {};
  let extra = 0;
  let rendered = first;
  class ResizeObserver {
    constructor(callback: () => void) {
      observe = callback;
    }
    observe() {}
  }
  const requestAnimationFrame = (callback: () => void) => callbacks.push(callback);
  Object.assign(globalThis, {
    innerWidth: first,
    innerHeight: 350,
    addEventListener,
    ResizeObserver,
    requestAnimationFrame,
    setTimeout: (callback: () => void) => timer = callback,
    clearTimeout: () => timer = () => {},
  });
  const height = () => 676 + WIDE - globalThis.innerWidth + extra;
  const content = {
    getBoundingClientRect: () => ({ height: height() }),
    get scrollWidth() {
      return Math.max(needed, globalThis.innerWidth);
    },
    get clientWidth() {
      return globalThis.innerWidth;
    },
  };
  reportSize(content as HTMLElement, "height", (size) => posted.push(size));

  return {
    posted,
    /** One rendering, as browsers order it: the resize event, animation frames, observers. */
    render({ width = globalThis.innerWidth, more = extra } = {}) {
      const [resized, changed] = [width !== rendered, more !== extra];
      Object.assign(globalThis, { innerWidth: width });
      rendered = width;
      extra = more;
      if (resized) events.dispatchEvent(new Event("resize"));
      const due = callbacks;
      callbacks = [];
      for (const callback of due) callback();
      if (resized || changed) observe();
    },
    /** The first size, as after a load. */
    load() {
      observe();
    },
    /** The frame's process hears of its width, and has not rendered yet. */
    hear(width: number) {
      Object.assign(globalThis, { innerWidth: width });
    },
    /** The half second has passed. */
    wait() {
      timer();
    },
  };
}

Deno.test("the first height is posted at once, and a change of the content as well", () => {
  const { posted, load, render } = frame();
  load();
  render({ more: 24 });
  render({ more: 0 });
  assert.deepEqual(posted, [{ height: 676 }, { height: 700 }, { height: 676 }]);
});

Deno.test("a frame that is narrow for a moment posts nothing", () => {
  for (const width of [NARROW, 0]) {
    for (const frames of [1, 2]) {
      const { posted, load, render } = frame();
      load();
      for (let n = 0; n < frames; n++) render({ width });
      for (let n = 0; n < 10; n++) render({ width: WIDE });
      assert.deepEqual(posted, [{ height: 676 }], `${width} px for ${frames}`);
    }
  }
});

Deno.test("a frame without any width posts nothing, however long that lasts", () => {
  const { posted, load, render } = frame();
  load();
  for (let n = 0; n < 100; n++) render({ width: 0 });
  assert.deepEqual(posted, [{ height: 676 }]);
});

Deno.test("while the shop moves nothing is posted, and one height when it has come to rest", () => {
  const { posted, load, render } = frame();
  load();
  for (let width = WIDE; width >= NARROW; width -= 10) render({ width });
  assert.deepEqual(posted, [{ height: 676 }]);
  render();
  assert.equal(posted.length, 1);
  render();
  assert.deepEqual(posted, [{ height: 676 }, { height: 1216 }]);
});

Deno.test("content that changes while the shop moves is in the height that is posted then", () => {
  const { posted, load, render } = frame();
  load();
  render({ width: NARROW });
  render({ more: 24 });
  render();
  render();
  assert.deepEqual(posted, [{ height: 676 }, { height: 1240 }]);
});

Deno.test("content that gets no narrower asks for its width, once", () => {
  const { posted, load, wait } = frame({ width: NARROW, needed: 184 });
  load();
  wait();
  wait();
  assert.deepEqual(posted, [{ height: 1216 }, { height: 1216, width: 184 }]);
});

Deno.test("a frame that has had its width late is never fixed at the one it began with", () => {
  const loaded = frame({ width: 0, needed: 184 });
  loaded.load();
  loaded.hear(WIDE);
  loaded.wait();
  for (let n = 0; n < 5; n++) loaded.render();
  loaded.wait();
  assert.deepEqual(loaded.posted, [{ height: 676 }]);

  const moving = frame({ width: NARROW, needed: 184 });
  moving.load();
  moving.render({ width: WIDE });
  moving.wait();
  for (let n = 0; n < 5; n++) moving.render();
  moving.wait();
  assert.deepEqual(moving.posted, [{ height: 1216 }, { height: 676 }]);
});

Deno.test("a frame is not fixed at the width of a moment", () => {
  const heard = frame({ needed: 184 });
  heard.load();
  heard.hear(NARROW);
  heard.wait();
  assert.deepEqual(heard.posted, [{ height: 676 }]);

  const rendered = frame({ needed: 184 });
  rendered.load();
  rendered.render({ width: NARROW });
  rendered.wait();
  assert.deepEqual(rendered.posted, [{ height: 676 }]);
});
