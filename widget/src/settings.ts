/** What the build put into the page: the [widget] table of payframe.toml and the words. */

import type { Texts } from "./locale.ts";

export interface Settings {
  readonly brand: string;
  /** #rrggbb */
  readonly accent: string;
  readonly locale: string;
  /** The languages whose words are known. */
  readonly locales: readonly string[];
  readonly allowed_sellers: readonly string[];
  readonly gateway_url: string;
  readonly size: "height" | "both";
  readonly methods: readonly string[];
  readonly texts: Texts;
}

export function readSettings(): Settings {
  return JSON.parse(document.getElementById("settings")!.textContent!);
}
