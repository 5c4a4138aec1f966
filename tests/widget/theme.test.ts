import assert from "node:assert/strict";
import {
  contrast,
  luminance,
  parseColor,
  readable,
  type Rgb,
  themeOf,
} from "../../widget/src/theme.ts";

const ACCENT: Rgb = [31, 111, 235];

/** A custom property of a theme as a colour. */
function color(properties: Readonly<Record<string, string>>, name: string): Rgb {
  const parsed = parseColor(properties[name]);
  assert(parsed, `${name}: ${properties[name]} is not a colour`);
  return parsed;
}

function assertReadable(style: unknown, accent: Rgb, prefersDark = false) {
  const { properties } = themeOf(style, accent, prefersDark);
  const pairs: [string, string, number][] = [
    ["--text", "--surface", 4.5],
    ["--text", "--field", 4.5],
    ["--quiet", "--surface", 4.5],
    ["--quiet", "--field", 4.5],
    ["--error", "--surface", 4.5],
    ["--error", "--field", 4.5],
    ["--edge", "--surface", 3],
    ["--edge", "--field", 3],
    ["--accent", "--surface", 3],
    ["--accent", "--field", 3],
    ["--accent-text", "--accent", 4.5],
  ];
  for (const [front, back, least] of pairs) {
    const ratio = contrast(color(properties, front), color(properties, back));
    assert(
      ratio >= least,
      `${JSON.stringify(style)}: ${front} on ${back} is ${ratio.toFixed(2)}:1, not ${least}:1`,
    );
  }
}

Deno.test("whatever colours a shop has, all can be read", () => {
  const steps = [0, 51, 102, 119, 128, 153, 204, 255];
  const colors = steps.flatMap((r) =>
    steps.flatMap((g) => steps.map((b) => `rgb(${r}, ${g}, ${b})`))
  );
  const texts = ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(118, 118, 118)", "rgb(200, 30, 60)"];
  for (const backgroundColor of colors) {
    for (const text of [...texts, backgroundColor]) {
      assertReadable({ color: text, backgroundColor }, ACCENT);
    }
    assertReadable({ backgroundColor }, ACCENT);
    assertReadable({ color: backgroundColor }, ACCENT);
  }
});

Deno.test("on every grey, with every accent, all can be read", () => {
  const accents = ["#000000", "#ffffff", "#808080", "#ffff00", "#1f6feb", "#ff0000", "#00ff00"];
  for (let grey = 0; grey < 256; grey++) {
    const backgroundColor = `rgb(${grey}, ${grey}, ${grey})`;
    for (const accent of accents) assertReadable({ backgroundColor }, parseColor(accent)!);
    assertReadable({ backgroundColor, color: "rgb(0, 0, 0)" }, ACCENT);
    assertReadable({ backgroundColor, color: "rgb(255, 255, 255)" }, ACCENT);
  }
});

Deno.test("the page's own look, light and dark, can be read", () => {
  for (const prefersDark of [true, false]) assertReadable(undefined, ACCENT, prefersDark);
});

Deno.test("a shop's colours are taken where they can be read", () => {
  const style = { color: "rgb(20, 40, 60)", backgroundColor: "rgb(250, 245, 240)" };
  const { properties, scheme, fit } = themeOf(style, ACCENT, true);
  assert.equal(properties["--surface"], "rgb(250, 245, 240)");
  assert.equal(properties["--text"], "rgb(20, 40, 60)");
  assert.equal(scheme, "light");
  assert.equal(fit, "seamless");
});

Deno.test("a shop's background is kept, and text that cannot be read on it is not", () => {
  const style = { color: "rgb(250, 250, 250)", backgroundColor: "rgb(255, 255, 255)" };
  const { properties } = themeOf(style, ACCENT, false);
  assert.equal(properties["--surface"], "rgb(255, 255, 255)");
  assert.notEqual(properties["--text"], "rgb(250, 250, 250)");
});

Deno.test("light text without a background tells a dark shop", () => {
  const style = { color: "rgb(240, 240, 240)", backgroundColor: "rgba(0, 0, 0, 0)" };
  const theme = themeOf(style, ACCENT, false);
  assert.equal(theme.scheme, "dark");
  assert.equal(theme.fit, "card");
  assert.equal(themeOf({ color: "rgb(0, 0, 0)" }, ACCENT, true).scheme, "light");
});

Deno.test("no style, as Firefox and Safari send it, gives the page's own complete look", () => {
  const names = Object.keys(themeOf({ color: "rgb(0, 0, 0)" }, ACCENT, false).properties);
  const numbered = { 0: "align-content", 1: "background-color" };
  for (const style of [undefined, null, {}, [], "", "color: red", 7, NaN, true, numbered]) {
    for (const prefersDark of [true, false]) {
      const theme = themeOf(style, ACCENT, prefersDark);
      assert.equal(theme.scheme, prefersDark ? "dark" : "light");
      assert.equal(theme.fit, "opaque");
      assert.deepEqual(Object.keys(theme.properties), names);
    }
  }
});

Deno.test("colours are read as browsers print them", () => {
  for (
    const [text, r, g, b] of [
      ["rgb(1, 2, 3)", 1, 2, 3],
      ["rgb(1 2 3)", 1, 2, 3],
      ["rgba(1, 2, 3, 1)", 1, 2, 3],
      ["rgb(1 2 3 / 1)", 1, 2, 3],
      [" rgb(255,255,255) ", 255, 255, 255],
      ["rgb(300, 2.6, 0)", 255, 3, 0],
      ["color(srgb 1 0.5 0)", 255, 128, 0],
      ["#1f6feb", 31, 111, 235],
      ["#ABCDEF", 171, 205, 239],
    ] as const
  ) assert.deepEqual(parseColor(text), [r, g, b], text);
});

Deno.test("what is no plain opaque colour is none", () => {
  for (
    const value of [
      "rgba(0, 0, 0, 0)",
      "rgba(0, 0, 0, 0.99)",
      "rgb(0 0 0 / 0.5)",
      "transparent",
      "currentcolor",
      "red",
      "",
      "rgb()",
      "rgb(1, 2)",
      "rgb(1, 2, 3, 4, 5)",
      "rgb(1.2.3, 0, 0)",
      "rgb(-1, 0, 0)",
      "rgb(var(--x), 0, 0)",
      "rgb(1, 2, 3); background: url(https://evil.example/)",
      "url(https://evil.example/)",
      "var(--evil)",
      "expression(alert(1))",
      "attr(data-x)",
      "rgb(1, 2, 3)}body{display:none",
      "rgb(1, 2, 3) rgb(1, 2, 3)",
      "#fff",
      "#12345",
      "#1234567",
      "color(display-p3 1 0 0)",
      "oklch(0.5 0.1 100)",
      "rgb(" + "1".repeat(1e6) + ", 0, 0)",
      undefined,
      null,
      NaN,
      0xffffff,
      ["rgb(1, 2, 3)"],
      { toString: () => "rgb(1, 2, 3)" },
    ]
  ) assert.equal(parseColor(value), undefined, String(value).slice(0, 60));
});

Deno.test("nothing of a message's text reaches CSS but plain font names", () => {
  const evil = [
    "url(https://evil.example/)",
    "var(--evil)",
    "expression(alert(1))",
    "red; } body { display: none",
    "</style><script>alert(1)</script>",
    '"; @import "https://evil.example/',
    "\\75 rl(https://evil.example/)",
    "a".repeat(1e6),
    "\u0000",
    "calc(1px * 99999)",
  ];
  const own = themeOf({}, ACCENT, false);
  for (const value of [...evil, ...evil.map((text) => [text]), null, NaN, {}]) {
    const style = Object.fromEntries(
      ["color", "backgroundColor", "colorScheme", "fontFamily", "fontSize"].map((n) => [n, value]),
    );
    assert.deepEqual(themeOf(style, ACCENT, false), own, String(value).slice(0, 60));
  }
});

Deno.test("a theme has the same properties whatever else a style names", () => {
  const style = JSON.parse('{"__proto__": {"color": "red"}, "--surface": "url(x)", "font": "x"}');
  assert.deepEqual(themeOf(style, ACCENT, false), themeOf({}, ACCENT, false));
});

function fontOf(fontFamily: unknown): string {
  return themeOf({ fontFamily }, ACCENT, false).properties["--font"]!;
}

Deno.test("a shop's fonts come before the system's, each as a plain quoted name", () => {
  assert.equal(
    fontOf(`Inter, "Helvetica Neue", 'ヒラギノ角ゴ', sans-serif`),
    `"Inter", "Helvetica Neue", "ヒラギノ角ゴ", sans-serif, system-ui, sans-serif`,
  );
  assert.equal(fontOf("-apple-system, serif"), "-apple-system, serif, system-ui, sans-serif");
});

Deno.test("a font that is no plain name is left out, and the others stay", () => {
  for (
    const bad of [
      `"Open`,
      `Open"`,
      `'Open"`,
      `"`,
      `""`,
      `"a\\"b"`,
      "url(x)",
      "var(--font)",
      "a;b",
      "a}b",
      "a/*b*/",
      "a\nb",
      "<b>",
      "x".repeat(61),
      "",
    ]
  ) assert.equal(fontOf(`${bad}, Inter`), `"Inter", system-ui, sans-serif`, bad);
});

Deno.test("the size of letters follows the shop's between what is readable and what fits", () => {
  const sizeOf = (fontSize: unknown) => themeOf({ fontSize }, ACCENT, false).properties["--size"];
  for (
    const [sent, used] of [
      ["16px", "16px"],
      ["17.6px", "17.6px"],
      ["3px", "14px"],
      ["0px", "14px"],
      ["400px", "20px"],
      ["1.2em", "16px"],
      ["-5px", "16px"],
      ["16px; color: red", "16px"],
      ["1e9px", "16px"],
      ["calc(1px * 99999)", "16px"],
      [16, "16px"],
      [undefined, "16px"],
    ]
  ) assert.equal(sizeOf(sent), used, String(sent));
});

Deno.test("the frame takes the scheme around it, if it is one", () => {
  const schemeOf = (colorScheme: unknown) =>
    themeOf({ colorScheme, color: "rgb(0, 0, 0)" }, ACCENT, false).properties["color-scheme"];
  for (const scheme of ["light", "dark", "light dark", "only dark", "normal"]) {
    assert.equal(schemeOf(scheme), scheme);
  }
  for (const scheme of ["Dark", "dark;", "inherit", "", 1, undefined]) {
    assert.equal(schemeOf(scheme), "normal");
  }
});

Deno.test("a look of the page's own has the browser's own parts follow it", () => {
  assert.equal(themeOf({}, ACCENT, true).properties["color-scheme"], "dark");
  assert.equal(themeOf({}, ACCENT, false).properties["color-scheme"], "light");
});

Deno.test("contrast and luminance are those of WCAG 2", () => {
  const [black, white] = [parseColor("#000000")!, parseColor("#ffffff")!];
  assert.equal(contrast(black, white), 21);
  assert.equal(contrast(white, black), 21);
  assert.equal(contrast(white, white), 1);
  assert.equal(contrast(parseColor("#767676")!, white).toFixed(2), "4.54");
  assert.equal(luminance(white), 1);
  assert.equal(luminance(black), 0);
});

Deno.test("a colour that stands out already is left as it is", () => {
  const white = parseColor("#ffffff")!;
  assert.deepEqual(readable(ACCENT, 3, white), ACCENT);
});
