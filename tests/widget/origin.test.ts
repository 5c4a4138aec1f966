import assert from "node:assert/strict";
import { isAllowedSeller, safeActionUrl, safeReturnUrl } from "../../widget/src/origin.ts";

const allows = (origin: string, ...allowed: string[]) => isAllowedSeller(origin, allowed);

Deno.test("with no list every web origin may show the page, and nothing else", () => {
  for (const origin of ["https://shop.example", "http://localhost:8000", "http://[::1]:8000"]) {
    assert(allows(origin), origin);
  }
  for (
    const origin of [
      "null",
      "",
      "*",
      "file://",
      "javascript:alert(1)",
      "data:text/html,x",
      "chrome-extension://abcdef",
      "shop.example",
      "https://shop.example/",
      "https://shop.example/path",
      "https://user@shop.example",
      "HTTPS://SHOP.EXAMPLE",
      "https://shop.example:443",
    ]
  ) assert(!allows(origin), origin);
});

Deno.test("an entry of the list is one scheme, host and port", () => {
  assert(allows("https://shop.example", "https://other.example", "https://shop.example"));
  assert(allows("https://shop.example", "https://shop.example:443"));
  assert(allows("http://localhost:8000", "http://localhost:8000"));
  for (
    const origin of [
      "http://shop.example",
      "https://shop.example:8443",
      "https://www.shop.example",
      "https://shop.example.evil.example",
      "https://evilshop.example",
      "https://shop.example.",
      "https://xn--shp-ulc.example", // а Cyrillic о
      "https://shоp.example",
      "https://shop。example",
    ]
  ) assert(!allows(origin, "https://shop.example"), origin);
});

Deno.test("*. is every subdomain, but not for the domain or one that ends alike", () => {
  const pattern = "https://*.shop.example";
  assert(allows("https://de.shop.example", pattern));
  assert(allows("https://a.b.shop.example", pattern));
  for (
    const origin of [
      "https://shop.example",
      "https://evilshop.example",
      "https://shop.example.evil.example",
      "http://de.shop.example",
      "https://de.shop.example:8443",
    ]
  ) assert(!allows(origin, pattern), origin);
});

Deno.test(":* is every port, of that scheme and host", () => {
  assert(allows("http://localhost:8000", "http://localhost:*"));
  assert(allows("http://localhost", "http://localhost:*"));
  assert(allows("https://de.shop.example:8443", "https://*.shop.example:*"));
  assert(!allows("https://localhost:8000", "http://localhost:*"));
  assert(!allows("http://localhost.evil.example:8000", "http://localhost:*"));
});

Deno.test("addresses are compared with the list as every other part compares them", () => {
  const { matches } = JSON.parse(Deno.readTextFileSync("tests/origins.json"));
  assert(matches.length > 40);
  for (const { pattern, origin, matches: allowed } of matches) {
    assert.equal(allows(origin, pattern), allowed, `${origin} with ${pattern}`);
  }
});

Deno.test("an entry that is no origin allows nobody", () => {
  for (const pattern of ["", "*", "shop.example", "https://", "://*.", "javascript:*"]) {
    assert(!allows("https://shop.example", pattern), pattern);
  }
});

Deno.test("the buyer returns to the seller's own origin only", () => {
  const seller = "https://shop.example";
  assert.equal(safeReturnUrl("https://shop.example/pay/7?a=b#c", seller), `${seller}/pay/7?a=b#c`);
  for (
    const url of [
      "",
      "/pay/7",
      "//shop.example/pay",
      "javascript:alert(1)//https://shop.example",
      " javascript:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,https://shop.example",
      "blob:https://shop.example/0000",
      "http://shop.example/",
      "https://shop.example:8443/",
      "https://shop.example@evil.example/",
      "https://shop.example.evil.example/",
      "https://shоp.example/",
      "https://evil.example/https://shop.example/",
      "x".repeat(1e6),
    ]
  ) assert.equal(safeReturnUrl(url, seller), undefined, url.slice(0, 60));
});

Deno.test("a bank's page may be anywhere on the web, and is never a script", () => {
  assert.equal(safeActionUrl("https://bank.example/3ds?id=1"), "https://bank.example/3ds?id=1");
  assert.equal(safeActionUrl("http://127.0.0.1:8000/a"), "http://127.0.0.1:8000/a");
  for (
    const url of [
      "",
      "/relative",
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "\u0001javascript:1",
    ]
      .concat("data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "about:blank", "tel:1")
  ) assert.equal(safeActionUrl(url), undefined, url);
});

Deno.test("a browser without URL.parse, as Safari 17, is no worse off", () => {
  const { parse } = URL;
  try {
    // deno-lint-ignore no-explicit-any
    delete (URL as any).parse;
    assert(allows("https://shop.example"));
    assert(!allows("null"));
    assert.equal(safeReturnUrl("nothing", "https://shop.example"), undefined);
    assert.equal(safeActionUrl("https://bank.example/"), "https://bank.example/");
  } finally {
    URL.parse = parse;
  }
});
