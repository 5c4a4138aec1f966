/**
 * The card brands that a page must know: how a number is grouped, how long it is, how long its
 * security code is. The gateway has the last word; a brand missing here can be paid with too.
 *
 * The ranges are those of the package credit-card-type, which a test holds this table against. The
 * package itself would be a third of the page.
 */

export interface Brand {
  readonly name: string;
  /** Digits after which a gap stands. */
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly cvcLength: number;
}

/** The gaps of most cards. */
export const FOURS = [4, 8, 12, 16];

/** Name; first digits, "51-55" for a range; where they are unusual, lengths, gaps and code. */
type Row = [name: string, starts: string, lengths?: number[], gaps?: number[], cvcLength?: number];

const ROWS: Row[] = [
  ["Visa", "4", [16, 18, 19]],
  ["Mastercard", "51-55 2221-2720"],
  ["American Express", "34 37", [15], [4, 10], 4],
  ["Diners Club", "300-305 36 38 39", [14, 16, 19], [4, 10]],
  ["Discover", "6011 644-649 65", [16, 19]],
  ["JCB", "2131 1800 3528-3589", [16, 17, 18, 19]],
  [
    "UnionPay",
    "620 62100-62182 62184-62197 622-626 6270 6272 6276-6277 6282-6289 6291-6292 8100-8171",
    [
      14,
      15,
      16,
      17,
      18,
      19,
    ],
  ],
  ["Maestro", "493698 50 56-59 6", [12, 13, 14, 15, 16, 17, 18, 19]],
  [
    "Elo",
    "401178-401179 438935 457631-457632 431274 451416 457393 504175 506699-506778 509000-509999 " +
    "627780 636297 636368 650031-650033 650035-650051 650405-650439 650485-650538 650541-650598 " +
    "650700-650718 650720-650727 650901-650978 651652-651679 655000-655019 655021-655058",
  ],
  ["Mir", "2200-2204", [16, 17, 18, 19]],
  ["Troy", "9792"],
  ["Hipercard", "606282"],
  ["Verve", "506099-506198 507865-507964", [16, 18, 19]],
];

/** Each start as its first and last value, which have the same number of digits. */
const STARTS = ROWS.flatMap(([name, starts, lengths = [16], gaps = FOURS, cvcLength = 3]) => {
  const brand: Brand = { name, lengths, gaps, cvcLength };
  return starts.split(" ").map((start) => {
    const [first = "", last = first] = start.split("-");
    return { brand, first, last };
  });
});

/** The brand whose start says most of these digits. */
export function brandOf(digits: string): Brand | undefined {
  let best: typeof STARTS[number] | undefined;
  for (const start of STARTS) {
    const length = start.first.length;
    const mine = digits.slice(0, length);
    if (
      mine.length === length && mine >= start.first && mine <= start.last &&
      length > (best?.first.length ?? 0)
    ) best = start;
  }
  return best?.brand;
}

/** The check digit that nearly all numbers end in. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n++) {
    const value = Number(digits.at(-1 - n)) << (n & 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
