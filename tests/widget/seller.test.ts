/** The window around the frame, as far as the page sees it: a place to post to, and messages. */

import assert from "node:assert/strict";
import { connectSeller } from "../../widget/src/seller.ts";

const SHOP = "https://shop.example";

function around(allowed: string[] = []) {
  const posted: [unknown, string][] = [];
  const refused: string[] = [];
  const messages: [unknown, string][] = [];
  const parent = { postMessage: (data: unknown, target: string) => posted.push([data, target]) };
  const top = { location: { href: "" } };
  // Its own: what an earlier test has made would answer as well.
  const events = new EventTarget();
  const addEventListener = events.addEventListener.bind(events);
  Object.assign(globalThis, { window: globalThis, parent, top, addEventListener });
  const seller = connectSeller(allowed);
  seller.listen({
    message: (data, origin) => (messages.push([data, origin]), data === "valid handshake"),
    refused: (origin) => refused.push(origin),
  });
  function say(data: unknown, origin = SHOP, source: unknown = parent): void {
    const event = new MessageEvent("message", { data, origin });
    Object.defineProperty(event, "source", { value: source });
    events.dispatchEvent(event);
  }
  return { seller, say, posted, refused, messages, top };
}

Deno.test("a size goes to anybody until the seller is known, to the seller only after that", () => {
  const { seller, say, posted } = around();
  seller.postSize({ height: 1 });
  say("something else");
  seller.postSize({ height: 2 });
  say("valid handshake");
  seller.postSize({ height: 3 });
  say("valid handshake", "https://evil.example");
  seller.postSize({ height: 4 });
  assert.deepEqual(posted, [
    [{ height: 1 }, "*"],
    [{ height: 2 }, "*"],
    [{ height: 2 }, SHOP], // once more: whoever did not listen yet has missed it
    [{ height: 3 }, SHOP],
    [{ height: 4 }, SHOP],
  ]);
});

Deno.test("another window fixes nothing, whatever its origin", () => {
  const { seller, say, posted } = around();
  say("valid handshake", SHOP, {});
  seller.postSize({ height: 1 });
  assert.deepEqual(posted, [[{ height: 1 }, "*"]]);
});

Deno.test("a shop that is not allowed is reported and fixes nothing", () => {
  const { seller, say, posted, refused } = around([SHOP]);
  say("valid handshake", "https://evil.example");
  seller.postSize({ height: 1 });
  assert.deepEqual(refused, ["https://evil.example"]);
  assert.deepEqual(posted, [[{ height: 1 }, "*"]]);
});

Deno.test("a message comes with the origin that it is from", () => {
  const { say, messages } = around();
  say("something else");
  say("something else", "https://other.example");
  assert.deepEqual(messages, [
    ["something else", SHOP],
    ["something else", "https://other.example"],
  ]);
});

Deno.test("going somewhere moves the whole window", () => {
  const { seller, top } = around();
  seller.goTo(`${SHOP}/pay/7`);
  assert.equal(top.location.href, `${SHOP}/pay/7`);
});
