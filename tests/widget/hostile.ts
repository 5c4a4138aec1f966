/**
 * What no seller's page should send. As a program it prints so many messages as a JavaScript array,
 * for a browser to post; with `incomplete` none of them is a handshake.
 */

import fc from "fast-check";
import { readMessage } from "../../widget/src/message.ts";

const evilText = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "javascript:alert(1)",
  " \tjava\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "https://shop.example@evil.example/",
  "https://shop.example.evil.example/",
  "https://shоp.example/", // a Cyrillic о
  "https://ѕhop.example/pay",
  "//evil.example",
  "https:evil.example",
  "blob:https://shop.example/1",
  "https://shop.example:444/",
  "\\\\evil.example\\x",
  "<img src=x onerror=alert(1)>",
  "{amount}",
  "\u0000",
  "\u202e",
  "9".repeat(100_000),
  "1e400",
  "-0",
  "NaN",
);
export const text = fc.oneof(evilText, fc.string(), fc.string({ unit: "binary" }), fc.webUrl());
const anything = fc.anything({
  withBigInt: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 3,
  maxKeys: 6,
});
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.integer(),
  fc.double(),
  anything,
  fc.constant("100.00"),
  fc.constant("USD"),
);
const evilCss = fc.constantFrom(
  "url(https://evil.example/x.png)",
  "red; background: url(https://evil.example/)",
  "rgb(1,2,3);}*{display:none}",
  "rgb(1, 2, 3) url(//evil.example)",
  "expression(alert(1))",
  "var(--surface)",
  "env(x)",
  "image-set('https://evil.example/' 1x)",
  "\\75rl(https://evil.example)",
  "Arial, url(x)",
  '"Arial", "x\\"; } body { display: none }"',
  "</style><script>alert(1)</script>",
  "rgb(255, 255, 255)",
  "rgba(0, 0, 0, 0)",
  "color(srgb 0.1 0.2 0.3)",
  "rgb(NaN, Infinity, 1e999)",
  "16px",
  "1e9px",
  "-5px",
  "calc(1px * 9)",
  "only dark",
);
const cssValue = fc.oneof({ weight: 3, arbitrary: evilCss }, value);
const STYLE_NAMES = ["color", "backgroundColor", "fontFamily", "fontSize", "colorScheme"];
export const style = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...STYLE_NAMES, "0", "__proto__"), fc.string()), cssValue),
  fc.record(Object.fromEntries(STYLE_NAMES.map((name) => [name, cssValue])), { requiredKeys: [] }),
  anything,
);
const system = fc.oneof(
  fc.record({
    RETURN_URL: value,
    PAYSYSTEM_ID: value,
    PAYMENT_ID: value,
    SUM: value,
    CURRENCY: value,
    __proto__: value,
  }, { requiredKeys: [] }),
  fc.record({ PAYSYSTEM_ID: fc.integer(), PAYMENT_ID: fc.integer(), SUM: text, CURRENCY: text }),
  anything,
);
export const message = fc.oneof(
  { weight: 5, arbitrary: fc.record({ BX_SYSTEM_PARAMS: system, BX_COMPUTED_STYLE: style }) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.dictionary(text, value), system).map(([fields, params]) => ({
      ...fields,
      BX_SYSTEM_PARAMS: params,
    })),
  },
  // As JSON brings them, a prototype's name is a member like any other.
  fc.json().map((json) => JSON.parse(`{"__proto__": ${json}, "BX_SYSTEM_PARAMS": ${json}}`)),
  anything,
);

if (import.meta.main) {
  const [count, kind] = Deno.args;
  const wanted = message.filter((data) => {
    const read = kind === "incomplete" ? readMessage(data, "https://shop.example") : undefined;
    return read === undefined || "missing" in read;
  });
  console.log(fc.stringify(fc.sample(wanted, Number(count))));
}
