import assert from "node:assert/strict";
import valid from "card-validator";
import creditCardType from "credit-card-type";
import { brandOf, passesLuhn } from "../../widget/src/brands.ts";
import { checkCard } from "../../widget/src/card.ts";

/** Ranges inside of others' that the page does not tell from those: nothing but the name differs. */
const LEFT_OUT = ["Troy", "Hiper", "Naranja"];

/** Verve's ranges are whole here; the package fills their gaps with Maestro. */
const isVerve = (number: string) => brandOf(number)?.name === "Verve";

/** A number with `start` that passes the check. */
function complete(start: string, length: number, fill: number): string {
  const body = start + String(fill).repeat(30).slice(0, length - start.length - 1);
  for (let last = 0; last < 10; last++) {
    if (passesLuhn(body + last)) return body + last;
  }
  throw new Error(body);
}

/** Starts of six digits: on, before and after both ends of every range there is. */
function* starts(): Generator<string> {
  for (const { patterns } of creditCardType("")) {
    for (const pattern of patterns.flat()) {
      for (const edge of [pattern - 1, pattern, pattern + 1]) {
        for (const fill of ["0", "5", "9"]) yield String(edge).padEnd(6, fill).slice(0, 6);
      }
    }
  }
}

Deno.test("every number has the brand that credit-card-type finds", () => {
  let compared = 0;
  for (const start of starts()) {
    const number = complete(start, 16, Number(start) % 10);
    const theirs = valid.number(number).card;
    if (theirs && !LEFT_OUT.includes(theirs.niceType) && !isVerve(number)) {
      const ours = brandOf(number);
      assert.deepEqual(
        { name: ours?.name, lengths: ours?.lengths, code: ours?.cvcLength, gap: ours?.gaps[1] },
        {
          name: theirs.niceType,
          lengths: theirs.lengths,
          code: theirs.code.size,
          gap: theirs.gaps[1],
        },
        number,
      );
      compared++;
    }
  }
  assert(compared > 1_000);
});

Deno.test("every number that card-validator takes can be paid with here", () => {
  for (const start of starts()) {
    for (const length of [14, 15, 16, 19]) {
      const number = complete(start, length, 3);
      if (!valid.number(number).isValid || isVerve(number)) continue;
      const { number: error } = checkCard({ number, expiry: "12 / 40", cvc: "123", name: "A" });
      assert.equal(error, undefined, number);
    }
  }
});

Deno.test("the check digit is known from the nine others", () => {
  for (const number of ["4242424242424242", "378282246310005", "6011000990139424"]) {
    for (let last = 0; last < 10; last++) {
      const other = number.slice(0, -1) + last;
      assert.equal(passesLuhn(other), other === number);
    }
  }
});

Deno.test("a brand that is not known here can be paid with", () => {
  const number = complete("817900", 16, 1);
  assert.equal(brandOf(number), undefined);
  assert.deepEqual(checkCard({ number, expiry: "12 / 40", cvc: "123", name: "A" }), {});
});
