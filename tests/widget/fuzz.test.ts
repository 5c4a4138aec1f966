/** Messages that no seller's page should send, and what the page makes of them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseLocale } from "../../widget/src/locale.ts";
import { type Handshake, readMessage } from "../../widget/src/message.ts";
import { isAllowedSeller, safeActionUrl, safeReturnUrl } from "../../widget/src/origin.ts";
import { parseColor, themeOf } from "../../widget/src/theme.ts";
import { message, style, text } from "./hostile.ts";

const MESSAGES = 100_000;
const STYLES = 40_000;
const SELLER = "https://shop.example";

const MISSING = /^BX_SYSTEM_PARAMS(\.(PAYMENT_ID|PAYSYSTEM_ID|SUM|CURRENCY))?$/;
const untouched = Object.getOwnPropertyNames(Object.prototype).sort().join();

function expectPlain(handshake: Handshake): void {
  const { PAYMENT_ID, PAYSYSTEM_ID, SUM, CURRENCY, returnUrl, fields } = handshake;
  for (const each of [PAYMENT_ID, PAYSYSTEM_ID, SUM, CURRENCY]) {
    assert(typeof each === "string" && each.length <= 4096);
  }
  for (const [name, each] of Object.entries(fields)) {
    assert(!name.startsWith("BX_") && typeof each === "string");
  }
  assert(Object.getPrototypeOf(fields) === null && Object.keys(fields).length <= 100);
  assert(returnUrl === undefined || new URL(returnUrl).origin === SELLER, returnUrl);
  const locale = chooseLocale([fields.locale], ["en", "de"], "en");
  assert(["en", "de"].includes(locale.language));
}

Deno.test(`${MESSAGES} messages are read or refused, and nothing else happens`, () => {
  let taken = 0;
  fc.assert(
    fc.property(message, (data) => {
      const read = readMessage(data, SELLER);
      if (read === undefined) return;
      if ("missing" in read) return assert.match(read.missing, MISSING);
      taken++;
      expectPlain(read);
    }),
    { numRuns: MESSAGES },
  );
  assert(taken > MESSAGES / 10, `only ${taken} were handshakes`);
  assert.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), untouched);
});

const COLOR = /^rgb\(\d{1,3}, \d{1,3}, \d{1,3}\)$/;
const ALLOWED: Record<string, RegExp> = {
  "color-scheme": /^(normal|(only )?(light|dark)( light| dark)?)$/,
  "--surface": COLOR,
  "--text": COLOR,
  "--quiet": COLOR,
  "--line": COLOR,
  "--field": COLOR,
  "--edge": COLOR,
  "--accent": COLOR,
  "--accent-text": COLOR,
  "--error": COLOR,
  "--font": /^(?:(?:"[\p{L}\p{N}_ -]{1,60}"|[a-z-]+), )*system-ui, sans-serif$/u,
  "--size": /^(1[4-9]|20)(\.\d+)?px$/,
};

Deno.test(`${STYLES} styles give a theme of the allowed properties, each a plain value`, () => {
  fc.assert(
    fc.property(style, fc.boolean(), (sent, dark) => {
      const { properties } = themeOf(sent, parseColor("#1f6feb")!, dark);
      assert.deepEqual(Object.keys(properties).sort(), Object.keys(ALLOWED).sort());
      for (const [name, each] of Object.entries(properties)) assert.match(each, ALLOWED[name]!);
    }),
    { numRuns: STYLES },
  );
});

Deno.test("no address leads anywhere but to the seller, or to a bank over http(s)", () => {
  const address = fc.oneof(text, fc.webUrl({ validSchemes: ["https", "http", "ftp", "ws"] }));
  fc.assert(
    fc.property(address, (url) => {
      const action = safeActionUrl(url);
      assert(action === undefined || /^https?:\/\//.test(action));
      const back = safeReturnUrl(url, SELLER);
      assert(back === undefined || back === SELLER || back.startsWith(`${SELLER}/`));
      assert(!isAllowedSeller(url, [SELLER]) || url === SELLER);
    }),
    { numRuns: 20_000 },
  );
});
