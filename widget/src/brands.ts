/**
 * The card brands that a page must know: how a number is grouped, how long it is, how long its
 * security code is. The gateway decides; a card of a brand that is missing here can be used too.
 *
 * The ranges are those of the package credit-card-type, which a test holds this table against. The
 * package itself would be a third of the page.
 */

export interface Brand {
  readonly name: string;
  /** Numbers of digits after which there is a gap. */
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly cvcLength: number;
}

/** The gaps of most cards. */
export const FOURS = [4, 8, 12, 16];

/** Name; first digits, "51+4" for 51 to 55; where they are unusual, lengths, gaps and code. */
type Row = [name: string, starts: string, lengths?: number[], gaps?: number[], cvcLength?: number];

const ROWS: Row[] = [
  ["Visa", "4", [16, 18, 19]],
  ["Mastercard", "51+4 2221+499"],
  ["American Express", "34 37", [15], [4, 10], 4],
  ["Diners Club", "300+5 36 38 39", [14, 16, 19], [4, 10]],
  ["Discover", "6011 644+5 65", [16, 19]],
  ["JCB", "2131 1800 3528+61", [16, 17, 18, 19]],
  [
    "UnionPay",
    "620 62100+82 62184+13 622+4 6270 6272 6276+1 6282+7 6291+1 8100+71",
    [
      14,
      15,
      16,
      17,
      18,
      19,
    ],
  ],
  ["Maestro", "493698 50 56+3 6", [12, 13, 14, 15, 16, 17, 18, 19]],
  [
    "Elo",
    "401178+1 438935 457631+1 431274 451416 457393 504175 506699+79 509000+999 " +
    "627780 636297 636368 650031+2 650035+16 650405+34 650485+53 650541+57 " +
    "650700+18 650720+7 650901+77 651652+27 655000+19 655021+37",
  ],
  ["Mir", "2200+4", [16, 17, 18, 19]],
  ["Troy", "9792"],
  ["Hipercard", "606282"],
  ["Verve", "506099+99 507865+99", [16, 18, 19]],
];

/** Each start as its first and last value, which have the same number of digits; the longest first. */
const STARTS = ROWS.flatMap(([name, starts, lengths = [16], gaps = FOURS, cvcLength = 3]) => {
  const brand: Brand = { name, lengths, gaps, cvcLength };
  return starts.split(" ").map((start) => {
    const [first = "", more = 0] = start.split("+");
    return { brand, first, last: String(Number(first) + Number(more)) };
  });
}).sort((a, b) => b.first.length - a.first.length);

/** The brand whose start says most of these digits. */
export function brandOf(digits: string): Brand | undefined {
  return STARTS.find(({ first, last }) => {
    const start = digits.slice(0, first.length);
    return start.length === first.length && start >= first && start <= last;
  })?.brand;
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
