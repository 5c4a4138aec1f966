/** The page's texts, and the locale in which amounts and times are written. */

import type { Settings, Texts } from "./settings.ts";

/** The text of a key in the language that is shown, with its {names} filled in. */
export type Translate = (key: string, values?: Readonly<Record<string, string>>) => string;

export interface Locale {
  /** As it was asked for, with its region: numbers depend on it. */
  readonly tag: string;
  /** Of the texts that are shown. */
  readonly language: string;
}

/** Milliseconds that the texts of another language may take to arrive. */
const TIMEOUT = 3_000;

/**
 * The first wanted tag whose language and script are among the `known`: "de-AT" is read in "de",
 * "zh-TW" in "zh-Hant".
 */
export function chooseLocale(
  wanted: readonly (string | undefined)[],
  known: readonly string[],
  fallback: string,
): Locale {
  for (const each of wanted) {
    const tag = each && canonicalLocale(each);
    const language = tag && known.find((one) => script(one) === script(tag));
    if (language) return { tag, language };
  }
  return { tag: fallback, language: fallback };
}

function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

function script(tag: string): string {
  const locale = new Intl.Locale(tag).maximize();
  return `${locale.language}-${locale.script}`;
}

/**
 * The texts for the first wanted locale that there are texts for: inlined, or fetched from beside
 * the page. The page knows the hash of an index, the index those of the files: 32 bytes in the
 * page, whatever the number of languages. Where the texts cannot be had, the page's own.
 */
export async function loadTexts(
  { locale, locales, locales_hash, texts }: Settings,
  wanted: readonly (string | undefined)[],
): Promise<{ tag: string; texts: Texts }> {
  const { tag, language } = chooseLocale(wanted, locales.split(" "), locale);
  if (language === locale) return { tag, texts };
  try {
    const hashes = await fetchTexts("index", locales_hash);
    return { tag, texts: await fetchTexts(language, hashes[language]!) };
  } catch {
    return { tag: locale, texts };
  }
}

async function fetchTexts(name: string, hash: string): Promise<Texts> {
  const response = await fetch(`locales/${name}.json`, {
    integrity: `sha256-${hash}`,
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return await response.json();
}

export function translate(
  texts: Texts,
  key: string,
  values: Readonly<Record<string, string>> = {},
) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** How long something still takes, in whole minutes or in seconds: "14 minutes". */
export function formatTime(seconds: number, locale: string): string {
  const minutes = seconds > 60;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: minutes ? "minute" : "second",
    unitDisplay: "long",
  }).format(Math.ceil(minutes ? seconds / 60 : seconds));
}
