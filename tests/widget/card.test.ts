import assert from "node:assert/strict";
import {
  type CardInput,
  checkCard,
  digitsOf,
  readCard,
  typeExpiry,
  typeNumber,
} from "../../widget/src/card.ts";

const GOOD: CardInput = {
  number: "4242 4242 4242 4242",
  expiry: "12 / 40",
  cvc: "123",
  name: "Ava Thompson",
};

const errorsOf = (changes: Partial<CardInput>) => checkCard({ ...GOOD, ...changes });

/** "MM / YY" of the month that lies `months` from this one. */
function month(months: number): string {
  const now = new Date();
  const then = new Date(now.getFullYear(), now.getMonth() + months, 1);
  return `${String(then.getMonth() + 1).padStart(2, "0")} / ${String(then.getFullYear()).slice(2)}`;
}

Deno.test("digits are read as people type and paste them in any script", () => {
  for (
    const [typed, digits] of [
      ["4242-4242 4242.4242", "4242424242424242"],
      ["４２４２", "4242"],
      ["٤٢٤٢", "4242"],
      ["۴۲۴۲", "4242"],
      ["a<b>4</b>\n2", "42"],
      ["", ""],
    ] as const
  ) assert.equal(digitsOf(typed), digits);
});

Deno.test("a number is grouped as it is printed on the card, with its brand", () => {
  for (
    const [typed, text, brand, cvcLength] of [
      ["4242424242424242", "4242 4242 4242 4242", "Visa", 3],
      ["5555555555554444", "5555 5555 5555 4444", "Mastercard", 3],
      ["378282246310005", "3782 822463 10005", "American Express", 4],
      ["42424", "4242 4", "Visa", 3],
      ["4", "4", undefined, 3],
      ["", "", undefined, 3],
      ["9999", "9999", undefined, 3],
    ] as const
  ) assert.deepEqual(typeNumber(typed), { text, brand, cvcLength });
});

Deno.test("no more digits are taken than the brand has", () => {
  assert.equal(typeNumber("3782822463100059999").text, "3782 822463 10005");
  assert(digitsOf(typeNumber("4".repeat(10_000)).text).length <= 19);
  assert(digitsOf(typeNumber("0".repeat(10_000)).text).length <= 19);
});

/** The value of the field after these keys. */
const keyed = (keys: string) =>
  [...keys].reduce((value, key) => typeExpiry(value + key, value), "");

Deno.test("an expiry is understood in every form, typed, pasted and filled in", () => {
  const { cases } = JSON.parse(Deno.readTextFileSync("tests/expiries.json"));
  assert(cases.length > 20);
  for (const [entered, shown] of cases) {
    assert.equal(keyed(entered), shown, `typed ${entered}`);
    assert.equal(typeExpiry(entered), shown, `pasted ${entered}`);
    assert.equal(typeExpiry(entered, "12 / 30"), shown, `pasted ${entered} over another`);
  }
});

Deno.test("the slash comes by itself, and what is not finished is left as it is", () => {
  for (
    const [typed, text] of [
      ["", ""],
      ["0", "0"],
      ["1", "1"],
      ["12", "12 / "],
      ["123", "12 / 3"],
      ["1234", "12 / 34"],
      ["12345", "12 / 34"],
      ["4", "04 / "],
      ["2", "2"],
      ["20", "20"],
      ["202", "202"],
      ["2027", "2027 / "],
      ["2027-1", "2027 / 1"],
      ["1/", "01 / "],
      ["4/30", "04 / 30"],
      ["04/2030", "04 / 30"],
      ["04 - 30", "04 / 30"],
      [" 4.30 ", "04 / 30"],
      ["exp. 4/30", "04 / 30"],
      ["abc", ""],
    ] as const
  ) assert.equal(typeExpiry(typed), text, typed);
});

Deno.test("erasing takes the slash away with the digit before it", () => {
  assert.equal(typeExpiry("12 /", "12 / "), "1");
  assert.equal(typeExpiry("12 / ", "12 / 3"), "12");
  assert.equal(typeExpiry("2027 /", "2027 / "), "202");
  assert.equal(typeExpiry("", "1"), "");
});

Deno.test("a card that can be right has no errors, and is read for the gateway", () => {
  assert.deepEqual(checkCard(GOOD), {});
  assert.deepEqual(readCard({ ...GOOD, number: "٤٢٤٢ 4242 4242 4242", name: " Ava " }), {
    number: "4242424242424242",
    expiry_month: 12,
    expiry_year: 2040,
    cvc: "123",
    name: "Ava",
  });
});

Deno.test("each field that cannot be right is named", () => {
  assert.deepEqual(checkCard({ number: "4242", expiry: "12", cvc: "1", name: " " }), {
    number: "error_number",
    expiry: "error_expiry",
    cvc: "error_cvc",
    name: "error_empty",
  });
});

Deno.test("an empty field is called empty, not wrong", () => {
  assert.deepEqual(checkCard({ number: "", expiry: " ", cvc: "", name: "" }), {
    number: "error_empty",
    expiry: "error_empty",
    cvc: "error_empty",
    name: "error_empty",
  });
});

Deno.test("a number with a wrong or a missing digit is refused", () => {
  for (const number of ["4242 4242 4242 4241", "4242 4242 4242 424", "0", "4".repeat(1000), "💳"]) {
    assert.deepEqual(errorsOf({ number }), { number: "error_number" }, number.slice(0, 40));
  }
});

Deno.test("a card is good until the end of its month", () => {
  assert.deepEqual(errorsOf({ expiry: month(0) }), {});
  assert.deepEqual(errorsOf({ expiry: month(1) }), {});
  assert.deepEqual(errorsOf({ expiry: month(-1) }), { expiry: "error_expired" });
  assert.deepEqual(errorsOf({ expiry: "01 / 20" }), { expiry: "error_expired" });
});

Deno.test("what is no date is no expiry", () => {
  for (
    const expiry of [
      "13 / 40",
      "00 / 40",
      "1",
      "12 / ",
      "12 / 4",
      "12 / 202",
      "2027 / ",
      "ab / cd",
      "12 / 4000",
      "<b>",
    ]
  ) {
    assert.deepEqual(errorsOf({ expiry }), { expiry: "error_expiry" }, expiry);
  }
});

Deno.test("a security code has as many digits as the brand's", () => {
  const amex = "3782 822463 10005";
  assert.deepEqual(errorsOf({ cvc: "1234" }), { cvc: "error_cvc" });
  assert.deepEqual(errorsOf({ cvc: "12" }), { cvc: "error_cvc" });
  assert.deepEqual(errorsOf({ number: amex, cvc: "123" }), { cvc: "error_cvc" });
  assert.deepEqual(errorsOf({ number: amex, cvc: "1234" }), {});
  assert.deepEqual(errorsOf({ cvc: "١٢٣" }), {});
});

Deno.test("a name is anything but nothing", () => {
  assert.deepEqual(errorsOf({ name: " \t " }), { name: "error_empty" });
  for (const name of ["X", "Айгерім", "O'Neil-Smith", "李"]) {
    assert.deepEqual(errorsOf({ name }), {});
  }
});
