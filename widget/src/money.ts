/** Amounts as decimal strings; no number type ever holds one that is shown or charged. */

/** Also as PHP and JavaScript write a large float: 1.0E+15. */
const DECIMAL = /^(\d{1,30})(?:\.(\d{1,30}))?(?:e\+(\d{1,2}))?$/i;
/** Significant digits of a float that PHP prints, as the platform does with SUM. */
const PRECISION = 14;

/**
 * Whether `sum`, as the shop's page writes it, is this amount: "100" is 100.00, and
 * "1234567890123.4" is 1234567890123.45.
 */
export function sameAmount(amount: string, sum: string): boolean {
  const exact = canonical(amount);
  const written = canonical(sum);
  // The platform's float is the same as ours, so that both are rounded alike.
  return exact !== undefined &&
    (written === exact || written === canonical(Number(amount).toPrecision(PRECISION)));
}

/** One text for each value: its digits, of which none that is 0 begins or ends them, and a power. */
function canonical(value: string): string | undefined {
  const match = DECIMAL.exec(value.trim());
  if (!match) return undefined;
  const [, whole, fraction = "", exponent = 0] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return significant && `${significant}e${power}`;
}

/** More digits after the point than any currency has; every browser takes as many. */
const MOST_DIGITS = 20;

/**
 * An amount as people of `locale` write it, with every digit of `value`. Where the currency is
 * not one that can be formatted, the digits with the code.
 */
export function formatAmount(value: string, currency: string, locale: string): string {
  try {
    const format = { style: "currency", currency, maximumFractionDigits: MOST_DIGITS } as const;
    const text = new Intl.NumberFormat(locale, format).format(value as `${number}`);
    // A line may end between the currency and the number, but not inside the number.
    return text.replace(/\u00a0(?=\D*$)|(?<=^\D*)\u00a0/, " ");
  } catch {
    return `${value} ${currency}`;
  }
}
