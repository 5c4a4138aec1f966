// @ts-check
// What is read of the frame's document once it is loaded: for the scene "first_load".
(() => {
  const QUOTED = 300; // characters of an element's HTML

  /** @param {Element} element */
  const quote = (element) => element.outerHTML.slice(0, QUOTED);

  /** The scripts from other hosts without integrity. */
  const scripts = () =>
    [...document.scripts]
      .filter(({ src }) => URL.canParse(src) && new URL(src).hostname !== location.hostname)
      .filter(({ integrity }) => !integrity)
      .map(quote);

  /** The mode of a document without a doctype, as CSS knew it in 1998. */
  const quirks = () => document.compatMode === "BackCompat" ? [document.compatMode] : [];

  /** The addresses that forms are sent to. */
  const forms = () =>
    ["action", "formaction"]
      .flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name))
      )
      .map((address) => URL.parse(address ?? "", document.baseURI)?.href ?? "")
      .filter(Boolean);

  const controls = () => [
    .../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input,select")),
  ];

  /** What a field says of itself, as JSON. @param {HTMLInputElement} field */
  const describe = (field) =>
    JSON.stringify({
      html: quote(field),
      page: location.href,
      words: [
        ...[...field.labels ?? []].map((label) => label.innerText || label.textContent),
        field.name,
        field.id,
        field.placeholder,
        field.ariaLabel,
        field.title,
      ].filter(Boolean).join(" | "),
      type: field.type,
      tokens: (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/)
        .filter(Boolean),
    });

  /** What the buyer writes into or chooses from, each as JSON. */
  const fields = () =>
    controls()
      .filter((field) => field.checkVisibility({ visibilityProperty: true }) && !field.disabled)
      .map(describe);

  /** The same, and what is shown once another way to pay is chosen. */
  const allFields = () => controls().map(describe);

  return { scripts, quirks, forms, fields, allFields };
})();
