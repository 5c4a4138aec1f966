/** What the build put into the page: the [widget] table of payframe.toml and the texts. */

import type { MethodOffer } from "./payment.ts";

export type Texts = Readonly<Record<string, string>>;

export interface Settings {
  readonly brand: string;
  /** #rrggbb */
  readonly accent: string;
  /** Of the inlined texts. */
  readonly locale: string;
  /** All languages, with spaces between; the texts of the others are in files beside the page. */
  readonly locales: string;
  /** Of the index of those files: sha256 in base64. */
  readonly locales_hash: string;
  readonly allowed_sellers: readonly string[];
  readonly gateway_url: string;
  readonly size: "height" | "both";
  /** By type of method, what replaces the gateway's label or logo. */
  readonly offers: Readonly<Record<string, Partial<MethodOffer>>>;
  readonly texts: Texts;
}

export function readSettings(): Settings {
  return JSON.parse(document.getElementById("settings")!.textContent!);
}
