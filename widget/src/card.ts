/** What a buyer types of a card: read, grouped and checked. */

import { brandOf, FOURS, passesLuhn } from "./brands.ts";

export interface Card {
  readonly number: string;
  readonly expiry_month: number;
  readonly expiry_year: number;
  readonly cvc: string;
  readonly name: string;
}

export type CardField = "number" | "expiry" | "cvc" | "name";
export type CardInput = Readonly<Record<CardField, string>>;
/** A key of the texts for each field that cannot be right. */
export type CardErrors = Partial<Record<CardField, string>>;

export interface NumberTyped {
  /** As it stands on a card: "4242 4242 4242 4242". */
  readonly text: string;
  /** Such as "Visa", once the digits tell. */
  readonly brand: string | undefined;
  readonly cvcLength: number;
}

const MIN_DIGITS = 12;
const MAX_DIGITS = 19;

/** The digits of a text, Arabic and Persian ones included, as keyboards and pasting bring them. */
export function digitsOf(text: string): string {
  return text.normalize("NFKC")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\D/g, "");
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
 * An expiry as "MM / YY". The slash comes by itself after the month and goes with it: `before` is
 * what the field held until now.
 */
export function typeExpiry(typed: string, before = ""): string {
  let digits = digitsOf(typed);
  const pasted = /^\s*(\d{1,2})\s*[/.-]\s*(?:20)?(\d{2})\s*$/.exec(typed);
  if (pasted) digits = pasted[1]!.padStart(2, "0") + pasted[2];
  else if (/^[2-9]$/.test(digits)) digits = `0${digits}`;
  digits = digits.slice(0, 4);
  const erasing = typed.length < before.length;
  if (erasing && before.endsWith(" / ")) return digits.slice(0, 1);
  if (digits.length < 2 || (erasing && digits.length === 2)) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
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
  if (!input.name.trim()) errors.name = "error_name";
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
