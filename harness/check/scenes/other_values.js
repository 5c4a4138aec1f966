// @ts-check
// What the frame's document makes of the message's values: for the scene "other_values".
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const FIELDS = "input,textarea,select";
  const BUTTONS = "[type=button],[type=submit],[type=reset],[type=image]";

  /** The address and the HTML of the elements that hold one of some values. */
  /** @param {string[]} values */
  const holding = (values) => {
    /** @param {string} text */
    const holds = (text) => values.some((value) => text.includes(value));
    const found = holds(decodeURIComponent(location.href)) ? [location.href] : [];
    for (const element of document.querySelectorAll("*")) {
      const texts = [
        ...[...element.attributes].map(({ value }) => value),
        ...[...element.childNodes].map((node) => node instanceof Text ? node.data : ""),
        element.matches(FIELDS) ? /** @type {HTMLInputElement} */ (element).value : "",
      ];
      if (texts.some(holds)) found.push(element.outerHTML.slice(0, QUOTED));
    }
    return found;
  };

  /** What the buyer can write into or choose from. */
  const fields = () =>
    [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(FIELDS))]
      .filter((field) => field.checkVisibility() && !field.disabled && !field.readOnly)
      .filter((field) => !field.matches(BUTTONS))
      .map((field) => field.outerHTML.slice(0, QUOTED));

  return { holding, fields };
})();
