/** Amounts as decimal strings; no number type ever holds one. */

const DECIMAL = /^(\d{1,30})(?:\.(\d{1,30}))?$/;

/** Whether two decimals are the same amount: "100" and "100.00" are. */
export function sameAmount(a: string, b: string): boolean {
  const canonical = canonicalDecimal(a);
  return canonical !== undefined && canonical === canonicalDecimal(b);
}

function canonicalDecimal(value: string): string | undefined {
  const match = DECIMAL.exec(value.trim());
  if (!match) return undefined;
  const whole = match[1]!.replace(/^0+(?=\d)/, "");
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  return fraction ? `${whole}.${fraction}` : whole;
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
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      maximumFractionDigits: Math.max(least, digits),
    }).format(value as `${number}`);
  } catch {
    return `${value} ${currency}`;
  }
}
