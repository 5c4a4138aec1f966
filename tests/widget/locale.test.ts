import assert from "node:assert/strict";
import { chooseLocale, formatTime, translate } from "../../widget/src/locale.ts";

const KNOWN = ["en", "de", "pt-BR", "zh-Hans", "zh-Hant", "ar"];
const choose = (...wanted: (string | undefined)[]) => chooseLocale(wanted, KNOWN, "en");
const DEFAULT = { tag: "en", language: "en" };

Deno.test("the first wanted language that is known is chosen, and keeps its region", () => {
  assert.deepEqual(choose("de-AT", "en-GB"), { tag: "de-AT", language: "de" });
  assert.deepEqual(choose("fr-FR", "en-GB"), { tag: "en-GB", language: "en" });
  assert.deepEqual(choose(undefined, "de"), { tag: "de", language: "de" });
  assert.deepEqual(choose("de_CH"), { tag: "de-CH", language: "de" });
  assert.deepEqual(choose("DE-at"), { tag: "de-AT", language: "de" });
});

Deno.test("a region gets its language, in its own script", () => {
  for (
    const [wanted, language] of [
      ["pt", "pt-BR"],
      ["pt-PT", "pt-BR"],
      ["zh", "zh-Hans"],
      ["zh-CN", "zh-Hans"],
      ["zh-SG", "zh-Hans"],
      ["zh-TW", "zh-Hant"],
      ["zh-HK", "zh-Hant"],
      ["zh-Hant-US", "zh-Hant"],
      ["ar-EG", "ar"],
    ] as const
  ) assert.equal(choose(wanted).language, language, wanted);
});

Deno.test("where none is known it is the page's own locale", () => {
  assert.deepEqual(choose(), DEFAULT);
  assert.deepEqual(choose("fr", "ja-JP"), DEFAULT);
  for (
    const nonsense of ["", "*", "x", "constructor", "../de", "de;q=1", "de-", "_", "\u0000"]
      .concat("a".repeat(1e5), "de" + "-aaaaaaaa".repeat(1000) + "-a")
  ) assert.deepEqual(choose(nonsense), DEFAULT, nonsense.slice(0, 40));
});

Deno.test("a time is counted in whole minutes, and at the end in seconds", () => {
  for (
    const [seconds, locale, text] of [
      [300, "en", "5 minutes"],
      [299.2, "en", "5 minutes"],
      [61, "en", "2 minutes"],
      [60, "en", "60 seconds"],
      [0.4, "en", "1 second"],
      [0, "en", "0 seconds"],
      [22, "pl", "22 sekundy"],
      [25, "pl", "25 sekund"],
      [121, "ru", "3 минуты"],
      [300, "ja", "5 分"],
    ] as const
  ) assert.equal(formatTime(seconds, locale), text);
});

Deno.test("the placeholders of a text are filled in", () => {
  const texts = { pay: "Pay {amount}", both: "{a} and {b}", money: "{amount}" };
  assert.equal(translate(texts, "pay", { amount: "$5" }), "Pay $5");
  assert.equal(translate(texts, "both", { a: "{b}", b: "$& $1" }), "{b} and $& $1");
  assert.equal(translate(texts, "pay"), "Pay {amount}");
});

Deno.test("a missing text shows its key", () => {
  assert.equal(translate({}, "no_such_text"), "no_such_text");
});
