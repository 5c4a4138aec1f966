// @ts-check
// What has been typed into a document's fields, and the same typed again after a load.
(() => {
  /** @returns {any[]} of three kinds, with much in common */
  const fields = () => [...document.querySelectorAll("input, select, textarea")];

  /** @param {any} field */
  const state = ({ value, checked, type }) => ({ value, checked: checked === true, type });

  // On the document, which a load replaces: as long as it is there, the load has yet to come.
  const KEPT = Symbol.for("payframe.kept");
  /** @type {any} */
  const page = document;

  const keep = () => {
    page[KEPT] = true;
    return fields().map(state);
  };

  /** Whether the fields are those of before, which then have their values again. @param {ReturnType<typeof state>[]} typed */
  const restore = (typed) => {
    const now = fields();
    if (page[KEPT] || now.length !== typed.length) return false;
    for (const [n, { value, checked, type }] of typed.entries()) {
      const field = now[n];
      if (field.type !== type || type === "file") continue;
      if (field.value === value && (field.checked === true) === checked) continue;
      if (type === "radio" || type === "checkbox") field.checked = checked;
      else field.value = value;
      for (const name of ["input", "change"]) {
        field.dispatchEvent(new Event(name, { bubbles: true }));
      }
    }
    return true;
  };

  return { keep, restore };
})();
