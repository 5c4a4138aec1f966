import assert from "node:assert/strict";
import { chooseLocale, say } from "../../widget/src/locale.ts";

const choose = (...wishes: (string | undefined)[]) => chooseLocale(wishes, ["en", "de"], "en");

Deno.test("the first wish whose words are known wins, and keeps its region", () => {
  assert.equal(choose("de-AT", "en-GB"), "de-AT");
  assert.equal(choose("fr-FR", "en-GB"), "en-GB");
  assert.equal(choose(undefined, "de"), "de");
  assert.equal(choose("de_CH"), "de-CH");
  assert.equal(choose("DE-at"), "de-AT");
});

Deno.test("where no wish can be met it is the page's own locale", () => {
  assert.equal(choose(), "en");
  assert.equal(choose("fr", "ja-JP"), "en");
  for (
    const nonsense of ["", "*", "x", "constructor", "../de", "de;q=1", "de-", "_", "\u0000"]
      .concat("a".repeat(1e5), "de" + "-aaaaaaaa".repeat(1000) + "-a")
  ) assert.equal(choose(nonsense), "en", nonsense.slice(0, 40));
});

Deno.test("words have their gaps filled in", () => {
  const texts = { pay: "Pay {amount}", both: "{a} and {b}", money: "{amount}" };
  assert.equal(say(texts, "pay", { amount: "$5" }), "Pay $5");
  assert.equal(say(texts, "both", { a: "{b}", b: "$& $1" }), "{b} and $& $1");
  assert.equal(say(texts, "pay"), "Pay {amount}");
});

Deno.test("a missing text shows its key", () => {
  assert.equal(say({}, "no_such_text"), "no_such_text");
});

Deno.test("every text that the page can ask for is there in every language", async () => {
  const folder = new URL("../../widget/locales/", import.meta.url);
  const english = JSON.parse(await Deno.readTextFile(new URL("en.json", folder)));
  const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for await (const { name } of Deno.readDir(folder)) {
    const texts = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), name);
    for (const key in texts) {
      assert.deepEqual(gaps(texts[key]), gaps(english[key]), `${name} ${key}`);
    }
  }
});
