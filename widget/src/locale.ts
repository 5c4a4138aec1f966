/** The page's words, and the locale in which amounts are written. */

export type Texts = Readonly<Record<string, string>>;

/**
 * The first wish that is a locale whose words are known. Its region is kept, since the number
 * format depends on it; the words need the language only.
 */
export function chooseLocale(
  wishes: readonly (string | undefined)[],
  known: readonly string[],
  fallback: string,
): string {
  for (const wish of wishes) {
    const locale = wish && canonicalLocale(wish);
    if (locale && known.includes(new Intl.Locale(locale).language)) return locale;
  }
  return fallback;
}

function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

/** `texts[key]` with its {names} filled in. */
export function say(texts: Texts, key: string, values: Readonly<Record<string, string>> = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
