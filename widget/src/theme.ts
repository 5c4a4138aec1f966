/**
 * The shop's look, from BX_COMPUTED_STYLE. Only colours, a font list, a font size and a colour
 * scheme are taken, each parsed and rebuilt from its parts: no text of the message reaches CSS.
 */

import { isRecord } from "./guards.ts";

/** Red, green and blue, each a whole number from 0 to 255. */
export type Rgb = readonly number[];

/** Values of the page's custom properties, and how the page fits into the shop. */
export interface Theme {
  readonly scheme: "light" | "dark";
  /**
   * On the shop's own background, without an edge; as a card, where that background is in another
   * element and unknown; or with no regard to it, covering the whole frame, where no style came.
   */
  readonly fit: "seamless" | "card" | "opaque";
  readonly properties: Readonly<Record<string, string>>;
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const OWN = {
  light: { surface: WHITE, text: [28, 36, 48], error: [179, 38, 30] },
  dark: { surface: [27, 32, 41], text: [237, 240, 245], error: [255, 155, 145] },
};
/** WCAG 2: text and its background; borders of fields, and focus. */
const TEXT_CONTRAST = 4.5;
const EDGE_CONTRAST = 3;
const FONT_SIZE = { least: 14, most: 20 };

/**
 * The theme for a style as it came. A browser that delivers no style, as Firefox and Safari, gets
 * the page's own complete look in the scheme that the buyer prefers.
 */
export function themeOf(style: unknown, accent: Rgb, prefersDark: boolean): Theme {
  const sent = isRecord(style) ? style : {};
  const shopText = parseColor(sent.color);
  const shopSurface = parseColor(sent.backgroundColor);
  // Light text means a dark shop, also where its background is in another element.
  const dark = shopSurface
    ? luminance(shopSurface) < 0.18
    : shopText
    ? luminance(shopText) > 0.4
    : prefersDark;
  const scheme = dark ? "dark" : "light";
  const own = OWN[scheme];
  const surface = shopSurface ?? own.surface;
  // Fields of a dark page are a little lighter, unless that is where black begins to read better.
  const lighter = mix(surface, WHITE, 0.05);
  const field = dark && better(lighter) === WHITE ? lighter : surface;
  const visible = (color: Rgb, ratio: number) => readable(color, ratio, surface, field);
  const fit = shopSurface ? "seamless" : shopText ? "card" : "opaque";
  const text = visible(shopText ?? own.text, TEXT_CONTRAST) === shopText
    ? shopText
    : visible(own.text, TEXT_CONTRAST);
  const button = visible(accent, EDGE_CONTRAST);
  return {
    scheme,
    fit,
    properties: {
      // The browser's own parts, such as radio buttons, follow a look that is the page's own.
      "color-scheme": fit === "opaque" ? scheme : colorScheme(sent.colorScheme),
      "--surface": css(surface),
      "--text": css(text),
      "--quiet": css(visible(mix(text, surface, 0.3), TEXT_CONTRAST)),
      "--line": css(mix(text, surface, 0.82)),
      "--field": css(field),
      "--edge": css(visible(mix(text, surface, 0.5), EDGE_CONTRAST)),
      "--accent": css(button),
      "--accent-text": css(contrast(WHITE, button) >= TEXT_CONTRAST ? WHITE : BLACK),
      "--error": css(visible(own.error, TEXT_CONTRAST)),
      "--font": fontList(sent.fontFamily),
      "--size": `${fontSize(sent.fontSize)}px`,
    },
  };
}

/**
 * An opaque colour as browsers print computed ones: `rgb(1, 2, 3)`, `rgb(1 2 3)`,
 * `color(srgb 0.1 0.2 0.3)`, and `#rrggbb`. Transparent ones count as unknown: what shows through
 * is not in the message.
 */
export function parseColor(value: unknown): Rgb | undefined {
  if (typeof value !== "string" || value.length > 100) return undefined;
  const hex = /^#[0-9a-f]{6}$/i.exec(value);
  if (hex) return value.match(/\w\w/g)!.map((part) => parseInt(part, 16));
  const call = /^(rgba?\(|color\(srgb )([\d.,/ ]+)\)$/.exec(value.trim());
  if (!call) return undefined;
  const parts = call[2]!.split(/[ ,/]+/).filter(Boolean).map(Number);
  const [, , , alpha = 1] = parts;
  if (parts.length < 3 || parts.length > 4 || !parts.every(Number.isFinite) || alpha < 1) {
    return undefined;
  }
  const scale = call[1] === "color(srgb " ? 255 : 1;
  return rgb(parts.slice(0, 3).map((part) => part * scale));
}

function rgb(parts: readonly number[]): Rgb {
  return parts.map((part) => Math.round(Math.min(255, Math.max(0, part))));
}

/** Relative luminance, 0 to 1 (WCAG 2). */
export function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Contrast ratio, 1 to 21 (WCAG 2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** `color`, moved towards black or white as far as it takes to stand out from all of `on`. */
export function readable(color: Rgb, ratio: number, ...on: [Rgb, ...Rgb[]]): Rgb {
  const target = better(on[0]);
  for (let step = 0; step < 20; step++) {
    const moved = step ? mix(color, target, step / 20) : color;
    if (on.every((ground) => contrast(moved, ground) >= ratio)) return moved;
  }
  return target;
}

/** Black or white, whichever is read better on a colour. */
function better(on: Rgb): Rgb {
  return contrast(BLACK, on) > contrast(WHITE, on) ? BLACK : WHITE;
}

/** `a` with `share` (0 to 1) of `b` in it. */
function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return rgb(a.map((part, n) => part + (b[n]! - part) * share));
}

function css(color: Rgb): string {
  return `rgb(${color.join(", ")})`;
}

/** A frame is transparent only where its scheme is the same as around it. */
function colorScheme(value: unknown): string {
  return typeof value === "string" && /^(only )?(light|dark)( light| dark)?$/.test(value)
    ? value
    : "normal";
}

/** The shop's fonts, each a plain name, before the system's own. */
function fontList(value: unknown): string {
  const names = typeof value === "string" && value.length <= 500
    ? value.split(",").map((name) => name.trim().replace(/^(["'])(.*)\1$/, "$2"))
      .filter((name) => /^[\p{L}\p{N}_ -]{1,60}$/u.test(name))
    : [];
  const generic = /^(serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-\w+|-apple-system)$/;
  return [
    ...names.map((name) => generic.test(name) ? name : `"${name}"`),
    "system-ui",
    "sans-serif",
  ]
    .join(", ");
}

function fontSize(value: unknown): number {
  const match = typeof value === "string" && /^(\d{1,3}(?:\.\d{1,4})?)px$/.exec(value);
  return match ? Math.min(FONT_SIZE.most, Math.max(FONT_SIZE.least, Number(match[1]))) : 16;
}
