/** What the studio marks, by rows as the shop's page tells them. */

import assert from "node:assert/strict";
import { ANSWER, Marks } from "../../harness/studio/static/marks.js";
import { rowOf } from "../../harness/studio/static/rows.js";

const BOX = { width: 600, height: 400 };

/** Rows of one pane, a tenth of a second apart. */
function pane() {
  const marks = new Marks();
  let time = 1000;
  const look = (payframe: string, content: object) => {
    const row = rowOf({ payframe, time: time += 0.1, ...content });
    assert(row);
    marks.look(row);
    return row;
  };
  return {
    opens: () => look("opened", { path: "/payments/7" }),
    isWhole: () => look("frame", { url: "https://pay.example/", sandbox: "" }),
    asks: () => look("to frame", { data: { BX_SYSTEM_PARAMS: { SUM: "1" } } }),
    strangers: () => look("noise", { data: "ping", from: "a frame beside it" }),
    posts: (data: unknown, more: object = {}) =>
      look("to shop", { data, origin: "", fromFrame: true, changed: true, box: BOX, ...more }),
    later: (seconds: number) => marks.late(time += seconds),
  };
}

Deno.test("a height that changes is as it should be", () => {
  const { opens, asks, posts } = pane();
  opens();
  asks();
  assert.equal(posts({ height: 400 }).mark, "");
});

Deno.test("a size that changes nothing is said so, and is no fault", () => {
  const { mark, level } = pane().posts({ height: 400 }, { changed: false });
  assert.match(mark, /has this size already \(400 px high\)/);
  assert.equal(level, "info");
});

Deno.test("a width is marked once", () => {
  const { posts } = pane();
  assert.equal(posts({ width: 800, height: 400 }).fact, "pinned-width");
  assert.equal(posts({ width: 800, height: 410 }).mark, "");
});

Deno.test("a height that grows five times in a row is a loop", () => {
  const { posts } = pane();
  const facts = [1, 2, 3, 4, 5].map((n) => posts({ height: 400 + n }).fact);
  assert.deepEqual(facts, ["", "", "", "", "growth-loop"]);
});

Deno.test("a page that opens things bit by bit does not loop", () => {
  const { posts, later } = pane();
  for (const n of [1, 2, 3, 4, 5, 6]) {
    later(1);
    assert.equal(posts({ height: 400 + n }).mark, "");
  }
});

Deno.test("what the shop does not read is said to nobody", () => {
  for (const data of [{ ready: true }, "hello", { height: 0 }, { height: "none" }]) {
    assert.match(pane().posts(data).mark, /said to nobody/);
  }
});

Deno.test("null throws in the shop's listener", () => {
  assert.equal(pane().posts(null).level, "error");
});

Deno.test("another window is named", () => {
  assert.match(pane().posts({ height: 4 }, { fromFrame: false }).mark, /another window/);
});

Deno.test("a page that answers the shop is not late", () => {
  const { opens, asks, posts, later } = pane();
  opens();
  asks();
  posts({ height: 300 });
  assert.equal(later(2 * ANSWER), undefined);
});

Deno.test("a page that never answers is late, once", () => {
  const { opens, asks, later } = pane();
  opens();
  const asked = asks();
  assert.equal(later(ANSWER / 2), undefined);
  assert.equal(later(ANSWER), asked);
  assert.equal(asked.fact, "late-listener");
  assert.equal(later(ANSWER), undefined);
});

Deno.test("where others spoke first, that is the likely cause", () => {
  const { opens, asks, strangers, later } = pane();
  opens();
  strangers();
  asks();
  assert.equal(later(ANSWER + 1)?.fact, "first-message");
});

Deno.test("a frame that loads before the shop's page is whole is judged as any other", () => {
  const { opens, asks, posts, isWhole, later } = pane();
  opens();
  const asked = asks();
  posts("hello");
  isWhole();
  assert.equal(later(ANSWER), asked);
});

Deno.test("a shop's page that is loaded anew is judged anew", () => {
  const { opens, posts } = pane();
  posts({ width: 800 });
  opens();
  assert.equal(posts({ width: 800 }).fact, "pinned-width");
});
