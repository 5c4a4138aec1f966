/** The studio's address, its file and what it copies. */

import assert from "node:assert/strict";
import { asCurl, asFile, readFile } from "../../harness/studio/static/export.js";
import { layOut } from "../../harness/studio/static/panes.js";
import { asTest } from "../../harness/studio/static/pytest.js";
import { row } from "../../harness/studio/static/rows.js";
import { OF_SHOP, readState, shopAddress, writeState } from "../../harness/studio/static/state.js";

Deno.test("an address and its state are one and the same", () => {
  const state = { amount: "0.01", currency: "JPY", theme: "dark", width: "360", unknown: "1" };
  assert.deepEqual(readState(new URL(writeState(state), "http://shop").search), state);
});

Deno.test("what is usual, or unknown, is not in the address", () => {
  assert.equal(writeState({ theme: "", elsewhere: "1" }), "/studio");
});

Deno.test("the shop is told what is the shop's, and nothing else", () => {
  const address = shopAddress(7, { theme: "dark", width: "360", amount: "1", noise: "1" });
  assert.equal(address, "/payments/7?theme=dark&noise=1&observed=1");
});

Deno.test("the shop removes from RETURN_URL all that the studio has put into its query", async () => {
  const imitation = await Deno.readTextFile(
    new URL("../../harness/seller/imitation.py", import.meta.url),
  );
  for (const name of [...OF_SHOP, "observed"].filter((name) => name !== "theme")) {
    assert.match(imitation, new RegExp(`^    "${name}",$|^COLOURS = .*"${name}":`, "m"));
  }
});

Deno.test("side by side each window has its name and its width", () => {
  const named = (beside: string) => layOut({ beside }, 7, 8).map(({ name }) => name);
  assert.deepEqual(named("widths"), ["320 px", "768 px", "1280 px"]);
  assert.deepEqual(named("themes"), ["light", "dark", "brand"]);
  assert.deepEqual(named("pages"), ["before", "now"]);
  assert.deepEqual(named(""), [""]);
});

Deno.test("a call is a command of a shell, whatever is in it", () => {
  const headers = { "content-type": "application/json", host: "shop", "user-agent": "x" };
  assert.equal(
    asCurl({ method: "POST", url: "http://shop/it's?a=1", headers, body: '{"a": "\'"}' }),
    `curl -H 'content-type: application/json' --data-raw '{"a": "'\\''"}' 'http://shop/it'\\''s?a=1'`,
  );
  assert.equal(asCurl({ method: "GET", url: "http://shop/" }), "curl 'http://shop/'");
  assert.equal(asCurl({ method: "DELETE", url: "http://shop/" }), "curl -X DELETE 'http://shop/'");
});

Deno.test("rows that are saved are the same when they are opened", () => {
  const request = { method: "GET", url: "http://shop/?a=1", headers: {}, body: "" };
  const rows = [
    row({ source: "shop", kind: "load", title: "loaded", time: 1 }),
    row({ source: "portal", kind: "call", title: "GET", time: 2, content: { request } }),
  ];
  const text = asFile(rows, "http://shop/studio");
  assert.deepEqual(readFile(text), rows);
  const { entries } = JSON.parse(text).log;
  assert.equal(entries.length, 1);
  assert.deepEqual(entries[0].request.queryString, [{ name: "a", value: "1" }]);
});

Deno.test("a file of something else is refused", () => {
  assert.throws(() => readFile('{"log": {"entries": []}}'), /no rows of a studio/);
  assert.throws(() => readFile("no JSON"));
});

Deno.test("a test says what is unusual, and where the page is", () => {
  const payment = { amount: "1.00", currency: "EUR", page: "http://pay/'x'", own: false };
  const state = { width: "360", external: 'a"b', theme: "brand" };
  const text = asTest(state, payment);
  assert.match(text, /def payframe_url\(\):\n {4}return "http:\/\/pay\/'x'"/);
  assert.match(text, /seller_page\.resize\(360\)/);
  assert.match(text, /EXTERNAL_PAYMENT_ID/);
  assert.match(text, /theme="brand"/);
});
