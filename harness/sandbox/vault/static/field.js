// @ts-check
// One field of the vault, in a frame of its own. The page around it never learns what is typed: it
// is told whether the field is empty or complete, and gets a token.
(() => {
  const [kind = "", session = ""] = location.hash.slice(1).split("/");
  const input = /** @type {HTMLInputElement} */ (document.getElementById("input"));
  const message = /** @type {HTMLElement} */ (document.getElementById("error"));
  const BRANDS = /** @type {const} */ ([
    ["Visa", /^4/],
    ["Mastercard", /^(5[1-5]|2[2-7])/],
    ["American Express", /^3[47]/],
  ]);
  const AUTOCOMPLETE = { number: "cc-number", expiry: "cc-exp", cvc: "cc-csc", name: "cc-name" };

  const digits = () => input.value.replace(/\D/g, "");
  const expiry = () => {
    const [, month, year] = /^(\d\d) \/ (\d\d)$/.exec(input.value) ?? [];
    return { month: Number(month), year: 2000 + Number(year) };
  };

  /** @param {string} number */
  const passesLuhn = (number) =>
    [...number].reverse().reduce((sum, digit, n) => {
          const value = Number(digit) << (n & 1);
          return sum + (value > 9 ? value - 9 : value);
        }, 0) % 10 === 0;

  /** What is wrong with a value that is not empty; "" where nothing is. */
  const wrong = () => {
    if (kind === "number") {
      const number = digits();
      return number.length >= 12 && number.length <= 19 && passesLuhn(number) ? "" : "incomplete";
    }
    if (kind === "expiry") {
      const { month, year } = expiry();
      if (!(month >= 1 && month <= 12)) return "incomplete";
      return new Date(year, month) <= new Date() ? "expired" : "";
    }
    return kind === "cvc" && !/^\d{3,4}$/.test(input.value) ? "incomplete" : "";
  };

  /** Only while it is written on at its end: the caret would jump. */
  const format = () => {
    if (input.selectionEnd !== input.value.length) return;
    if (kind === "number") {
      const number = [...digits().slice(0, 19)];
      const gaps = /^3[47]/.test(digits()) ? [4, 10] : [4, 8, 12, 16];
      input.value = number.map((digit, n) => gaps.includes(n) ? ` ${digit}` : digit).join("");
    }
    if (kind === "expiry") {
      const typed = digits().replace(/^([2-9])/, "0$1").slice(0, 4);
      input.value = typed.length > 2 ? `${typed.slice(0, 2)} / ${typed.slice(2)}` : typed;
    }
    if (kind === "cvc") input.value = digits().slice(0, 4);
  };

  /** @param {string} type @param {object} [more] @param {string} [origin] */
  const tell = (type, more = {}, origin = "*") =>
    parent.postMessage({ vault: session, kind, type, ...more }, origin);

  const change = () => {
    const brand = kind === "number" && digits().length > 1
      ? BRANDS.find(([, start]) => start.test(digits()))?.[0]
      : undefined;
    const error = input.value.trim() ? wrong() : "";
    const empty = !input.value.trim();
    tell("change", { empty, complete: !empty && !error, error, brand });
  };

  /** @param {any} options */
  const show = ({ style, label, placeholder, error, disabled }) => {
    const root = document.documentElement;
    root.style.colorScheme = style.colorScheme;
    root.dir = style.direction === "rtl" ? "rtl" : "ltr";
    root.style.setProperty("--placeholder", style.placeholderColor);
    for (const name of ["color", "fontFamily", "fontSize", "lineHeight"]) {
      document.body.style[/** @type {"color"} */ (name)] = style[name];
    }
    input.ariaLabel = document.title = label;
    input.placeholder = placeholder;
    input.ariaInvalid = error ? "true" : "false";
    message.textContent = error;
    input.readOnly = disabled;
  };

  /** The fields of this session, each in its own frame; they are of one origin. */
  const fields = () => {
    /** @type {Record<string, string>} */
    const found = {};
    for (let n = 0; n < parent.length; n++) {
      try {
        const { document: other, location: { hash } } = /** @type {Window} */ (parent[n]);
        const [name = "", of] = hash.slice(1).split("/");
        if (of === session) {
          found[name] = /** @type {HTMLInputElement} */ (other.getElementById("input")).value;
        }
      } catch {
        // A frame of another origin.
      }
    }
    return found;
  };

  /** @param {string} id @param {string} origin */
  const tokenize = async (id, origin) => {
    const { number = "", expiry = "", cvc = "", name = "" } = fields();
    const [month, year] = expiry.split(" / ");
    try {
      const response = await fetch("/tokens", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          number: number.replace(/\D/g, ""),
          expiry_month: Number(month),
          expiry_year: 2000 + Number(year),
          cvc,
          name: name.trim(),
        }),
      });
      tell("token", { id, ...await response.json() }, origin);
    } catch {
      tell("token", { id, error: "unreachable" }, origin);
    }
  };

  addEventListener("message", ({ data, source, origin }) => {
    if (source !== parent || data?.vault !== session) return;
    if (data.type === "show") show(data.options);
    if (data.type === "focus") input.focus();
    if (data.type === "clear") {
      input.value = "";
      change();
    }
    if (data.type === "tokenize") tokenize(data.id, origin);
  });
  const purpose = AUTOCOMPLETE[/** @type {"number"} */ (kind)] ?? "off";
  input.setAttribute("autocomplete", purpose);
  if (kind !== "name") input.inputMode = "numeric";
  input.spellcheck = false;
  input.addEventListener("input", () => {
    format();
    change();
  });
  input.addEventListener("focus", () => tell("focus"));
  input.addEventListener("blur", () => tell("blur"));
  input.addEventListener("keydown", ({ key }) => key === "Enter" && tell("submit"));
  tell("loaded");
})();
