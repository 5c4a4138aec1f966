import assert from "node:assert/strict";
import { formatAmount, sameAmount } from "../../widget/src/money.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");

Deno.test("two ways to write one amount are the same amount", () => {
  for (
    const [a, b] of [
      ["100", "100.00"],
      ["0100.50", "100.5"],
      ["0", "0.000"],
      [" 12800 ", "12800"],
      ["1234567890123.45", "1234567890123.450"],
      ["123456789012345678901234567890", "123456789012345678901234567890.0"],
    ] as const
  ) assert(sameAmount(a, b), `${a} = ${b}`);
});

Deno.test("amounts that differ in the last digit of many are not the same", () => {
  for (
    const [a, b] of [
      ["12345678901234567.89", "12345678901234567.88"],
      ["0.1", "0.10000000000000001"],
      ["100", "1000"],
      ["10", "01.0"],
    ] as const
  ) assert(!sameAmount(a, b), `${a} and ${b}`);
});

Deno.test("what is no decimal is the same as nothing, not even as itself", () => {
  for (
    const text of ["", "NaN", "Infinity", "-1", "+1", "1e3", "1,00", "1.", ".5", "0x10", "١٠٠"]
      .concat("9".repeat(31), "9".repeat(1e6), "1.2.3", "1\n2")
  ) assert(!sameAmount(text, text), text.slice(0, 40));
});

Deno.test("an amount is printed with every digit, as the locale writes its currency", () => {
  for (
    const [value, currency, locale, printed] of [
      ["100.00", "USD", "en-US", "$100.00"],
      ["100", "USD", "en-US", "$100.00"],
      ["249.90", "EUR", "de-DE", "249,90 €"],
      ["12800", "JPY", "ja-JP", "￥12,800"],
      ["12800", "JPY", "en-US", "¥12,800"],
      ["38.750", "KWD", "en-US", "KWD 38.750"],
      ["18499.50", "INR", "en-IN", "₹18,499.50"],
      ["459.00", "BRL", "pt-BR", "R$ 459,00"],
      ["1234567890123.45", "IDR", "en-US", "IDR 1,234,567,890,123.45"],
      ["12345678901234567.89", "USD", "en-US", "$12,345,678,901,234,567.89"],
      ["0.1234", "USD", "en-US", "$0.1234"],
      ["5.5", "JPY", "en-US", "¥5.5"],
    ] as const
  ) assert.equal(plain(formatAmount(value, currency, locale)), printed);
});

Deno.test("an amount of no known kind is printed as its digits and its code", () => {
  assert.equal(formatAmount("5.00", "US", "en"), "5.00 US");
  assert.equal(formatAmount("5.00", "USD", "not a locale"), "5.00 USD");
});
