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

Deno.test("the shop's page writes an amount as a float of PHP, with 14 digits", () => {
  for (
    const [amount, sum] of [
      ["100.00", "100"],
      ["249.90", "249.9"],
      ["38.750", "38.75"],
      ["12800", "12800"],
      ["1234567890123.45", "1234567890123.4"],
      ["1234567890123.46", "1234567890123.5"],
      ["1234567890123.44", "1234567890123.4"],
      ["12345678901234567.89", "1.2345678901235E+16"],
      ["9007199254740993.01", "9.007199254741E+15"],
      ["1000000000000000.00", "1.0E+15"],
      ["99999999999999.99", "1.0E+14"],
      ["0.00", "0"],
    ] as const
  ) assert(sameAmount(amount, sum), `${amount} as ${sum}`);
});

Deno.test("fourteen digits that are not the amount's are another amount", () => {
  for (
    const [amount, sum] of [
      ["1234567890123.45", "1234567890123.3"],
      ["1234567890123.45", "1234567890123.5"], // its float is a little less
      ["1234567890123.45", "1234567890123.6"],
      ["1234567890123.45", "1234567890123.44"],
      ["1234567890123.46", "1234567890123.4"],
      ["1234567890123.44", "1234567890123.5"],
      ["1234567890123.4", "1234567890123.45"], // the amount is exact, what is written is not
      ["99999999999999.99", "99999999999999"],
      ["1000000000000000.00", "1.0E+14"],
      ["100.00", "1.0E+3"],
    ] as const
  ) assert(!sameAmount(amount, sum), `${amount} as ${sum}`);
});

Deno.test("what is no decimal is the same as nothing, not even as itself", () => {
  for (
    const text of [
      "",
      "NaN",
      "Infinity",
      "-1",
      "+1",
      "1e3",
      "1E3",
      "1.0E-2",
      "1,00",
      "1.",
      ".5",
      "0x10",
      "١٠٠",
    ]
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
