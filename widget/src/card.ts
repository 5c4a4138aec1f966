/** What a buyer types of a card: read, grouped and checked. */

import valid from "card-validator";

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

const MAX_DIGITS = 19;

/** The digits of a text, Arabic and Persian ones included, as keyboards and pasting bring them. */
export function digitsOf(text: string): string {
  return text.normalize("NFKC")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\D/g, "");
}

export function typeNumber(typed: string): NumberTyped {
  const { card } = valid.number(digitsOf(typed));
  const most = card ? Math.max(...card.lengths) : MAX_DIGITS;
  const digits = digitsOf(typed).slice(0, most);
  const gaps = [...(card?.gaps ?? [4, 8, 12]), 16];
  const text = [...digits].map((digit, n) => gaps.includes(n) ? ` ${digit}` : digit).join("");
  return {
    text,
    brand: digits.length > 1 ? card?.niceType : undefined,
    cvcLength: card?.code.size ?? 3,
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
  const number = valid.number(digitsOf(input.number));
  if (!number.isValid) errors.number = "error_number";
  if (!valid.expirationDate(input.expiry).isValid) {
    errors.expiry = isPast(input.expiry) ? "error_expired" : "error_expiry";
  }
  if (!valid.cvv(digitsOf(input.cvc), number.card?.code.size ?? [3, 4]).isValid) {
    errors.cvc = "error_cvc";
  }
  if (!input.name.trim()) errors.name = "error_name";
  return errors;
}

function isPast(expiry: string): boolean {
  const match = /^(0[1-9]|1[0-2]) \/ (\d\d)$/.exec(expiry);
  return match !== null && new Date(2000 + Number(match[2]), Number(match[1]), 1) <= new Date();
}

/** A card that `checkCard` found nothing wrong with, as the gateway takes it. */
export function readCard(input: CardInput): Card {
  const { month, year } = valid.expirationDate(input.expiry);
  return {
    number: digitsOf(input.number),
    expiry_month: Number(month),
    expiry_year: 2000 + Number(year) % 100,
    cvc: digitsOf(input.cvc),
    name: input.name.trim(),
  };
}
