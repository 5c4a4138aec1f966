/** Amounts as decimal strings; no number type ever holds one. */

/** Also as PHP writes a large float: 1.0E+15. */
const DECIMAL = /^(\d{1,30})(?:\.(\d{1,30}))?(?:E\+(\d{1,2}))?$/;
/** Significant digits that the shop's page writes of an amount: those of a float in PHP. */
const PRECISION = 14;

/**
 * Whether `sum`, as the shop's page writes it, is this amount: "100" is 100.00, and
 * "1234567890123.4" is 1234567890123.45.
 */
export function sameAmount(amount: string, sum: string): boolean {
  const exact = readDecimal(amount);
  const written = readDecimal(sum);
  if (!exact || !written) return false;
  const [digits = "", exponent] = exact.split("e");
  const kept = digits.slice(0, PRECISION);
  const rest = digits.slice(PRECISION);
  const place = Number(exponent) + rest.length;
  // The float of an amount whose rest is 5 may be a little more or a little less.
  return written === exact ||
    rest !== "" && rest <= "5" && written === canonical(kept, place) ||
    rest >= "5" && written === canonical(String(BigInt(kept) + 1n), place);
}

function readDecimal(value: string): string | undefined {
  const match = DECIMAL.exec(value.trim());
  if (!match) return undefined;
  const [, whole, fraction = "", exponent = 0] = match;
  return canonical(whole + fraction, Number(exponent) - fraction.length);
}

/** One text for each value of digits x 10^exponent: no 0 begins or ends its digits. */
function canonical(digits: string, exponent: number): string {
  const significant = digits.replace(/0+$/, "");
  return significant
    ? `${significant.replace(/^0+/, "")}e${exponent + digits.length - significant.length}`
    : "0e0";
}

/**
 * An amount as people of `locale` write it, with every digit of `value`. Where the currency is
 * not one that can be formatted, the digits with the code.
 */
export function formatAmount(value: string, currency: string, locale: string): string {
  const digits = DECIMAL.exec(value)?.[2]?.length ?? 0;
  try {
    const usual = new Intl.NumberFormat(locale, { style: "currency", currency });
    const least = usual.resolvedOptions().maximumFractionDigits ?? 0;
    const parts = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      maximumFractionDigits: Math.max(least, digits),
    }).formatToParts(value as `${number}`);
    // A line may end between the currency and the number, not inside the number.
    return parts.map((part) =>
      part.type === "literal" ? part.value.replace("\u00a0", " ") : part.value
    )
      .join("");
  } catch {
    return `${value} ${currency}`;
  }
}
