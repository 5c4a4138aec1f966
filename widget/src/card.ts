/** What a buyer types of a card: read, grouped and checked. */

import { brandOf, FOURS, passesLuhn } from "./brands.ts";

/** The data of the method card, in the gateway's names. */
export type Card = Readonly<{
  number: string;
  expiry_month: number;
  expiry_year: number;
  cvc: string;
  name: string;
}>;

export const CARD_FIELDS = ["number", "expiry", "cvc", "name"] as const;
export type CardField = typeof CARD_FIELDS[number];
export type CardInput = Readonly<Record<CardField, string>>;
/** A key of the texts for each field that cannot be right. */
export type CardErrors = Partial<Record<CardField, string>>;

export interface NumberTyped {
  /** As it is printed on a card: "4242 4242 4242 4242". */
  readonly text: string;
  /** Such as "Visa", once the digits tell. */
  readonly brand: string | undefined;
  readonly cvcLength: number;
}

const MIN_DIGITS = 12;
const MAX_DIGITS = 19;
const SLASH = " / ";

/** A text with plain digits, as keyboards and pasting bring them in Arabic, Persian, full width. */
function withPlainDigits(text: string): string {
  return text.normalize("NFKC")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return withPlainDigits(text).replace(/\D/g, "");
}

export function typeNumber(typed: string): NumberTyped {
  const all = digitsOf(typed);
  const brand = brandOf(all);
  const digits = all.slice(0, Math.max(...brand?.lengths ?? [MAX_DIGITS]));
  const gaps = brand?.gaps ?? FOURS;
  return {
    text: [...digits].map((digit, n) => gaps.includes(n) ? ` ${digit}` : digit).join(""),
    brand: digits.length > 1 ? brand?.name : undefined,
    cvcLength: brand?.cvcLength ?? 3,
  };
}

/**
 * An expiry as "MM / YY", from digits alone, from a date with any separator and from a month as
 * browsers fill it in, "2027-12". The slash comes by itself after the month and goes with it:
 * `before` is what the field held until now.
 */
export function typeExpiry(typed: string, before = ""): string {
  const text = withPlainDigits(typed);
  let digits = digitsOf(text);
  if (before !== typed && before.startsWith(typed)) {
    if (before.endsWith(SLASH)) return digits.slice(0, -1);
    return text.endsWith(SLASH) ? digits : text;
  }
  // A month of one digit: before a separator, or where it can be nothing else.
  if (/^\D*([3-9]|2[1-9]|[1-9]\D)/.test(text)) digits = `0${digits}`;
  digits = digits.replace(/^(20\d\d)([2-9])/, "$10$2").replace(/^20(\d\d)(\d\d)/, "$2$1")
    .replace(/^(\d\d)20(\d\d)/, "$1$2");
  const yearFirst = digits.startsWith("20");
  const first = digits.slice(0, yearFirst ? 4 : 2);
  // Of a year that begins with 20 two more digits may come.
  const second = digits.slice(first.length, digits.startsWith("20", 2) ? 5 : yearFirst ? 6 : 4);
  return first.length < (yearFirst ? 4 : 2) ? first : first + SLASH + second;
}

/** The fields that cannot be right. */
export function checkCard(input: CardInput): CardErrors {
  const errors: CardErrors = {};
  const digits = digitsOf(input.number);
  const brand = brandOf(digits);
  const lengthFits = brand
    ? brand.lengths.includes(digits.length)
    : digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS;
  // UnionPay has issued numbers without the check digit.
  if (!lengthFits || !(brand?.name === "UnionPay" || passesLuhn(digits))) {
    errors.number = "error_number";
  }
  const expiry = readExpiry(input.expiry);
  const expires = expiry && new Date(expiry.year, expiry.month, 1);
  if (!expires) errors.expiry = "error_expiry";
  else if (expires <= new Date()) errors.expiry = "error_expired";
  const cvc = digitsOf(input.cvc).length;
  if (brand ? cvc !== brand.cvcLength : cvc < 3 || cvc > 4) errors.cvc = "error_cvc";
  for (const name of CARD_FIELDS) {
    if (!input[name].trim()) errors[name] = "error_empty";
  }
  return errors;
}

/** An expiry as `typeExpiry` writes it, and as a browser fills it in. */
function readExpiry(expiry: string): { month: number; year: number } | undefined {
  const match = /^(0?[1-9]|1[0-2]) ?\/ ?(?:20)?(\d\d)$/.exec(expiry.trim());
  return match ? { month: Number(match[1]), year: 2000 + Number(match[2]) } : undefined;
}

/** A card that `checkCard` found nothing wrong with, as the gateway takes it. */
export function readCard(input: CardInput): Card {
  const { month, year } = readExpiry(input.expiry)!;
  return {
    number: digitsOf(input.number),
    expiry_month: month,
    expiry_year: year,
    cvc: digitsOf(input.cvc),
    name: input.name.trim(),
  };
}
