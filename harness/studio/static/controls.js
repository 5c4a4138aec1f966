// @ts-check
/**
 * The controls: they write the state, and are written by it.
 *
 * @import { State } from "./state.js"
 */

import { byId } from "./elements.js";

const form = /** @type {HTMLFormElement} */ (byId("controls"));

/** Elements of the form that are part of the state. */
function inputs() {
  // Also those outside the form that belong to it.
  return [...form.elements].filter((each) =>
    (each instanceof HTMLInputElement || each instanceof HTMLSelectElement) && each.name !== ""
  ).map((each) => /** @type {HTMLInputElement | HTMLSelectElement} */ (each));
}

/** Show a state. @param {State} state */
export function showState(state) {
  for (const input of inputs()) {
    const value = state[input.name] ?? "";
    if (input instanceof HTMLInputElement && input.type === "radio") {
      input.checked = input.value === value;
    } else if (input instanceof HTMLInputElement && input.type === "checkbox") {
      input.checked = input.value === value;
    } else if (input instanceof HTMLInputElement && input.type === "color") {
      input.value = value || input.defaultValue;
      input.dataset["set"] = value ? "yes" : "";
    } else {
      if (
        input instanceof HTMLSelectElement && ![...input.options].some((o) => o.value === value)
      ) {
        input.add(new Option(value, value));
      }
      input.value = value;
    }
  }
}

/** Call `changed` with what a control has been set to. @param {(change: State) => void} changed */
export function watchControls(changed) {
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("change", ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (!input.name || input.form !== form) return;
    const value = input.type === "checkbox" && !input.checked ? "" : input.value.trim();
    // Who chooses another payment does not mean the one that was asked for by its ID.
    const payment = /** @type {State} */ (input.closest("details") === form.firstElementChild
      ? { payment: "" }
      : {});
    changed({ ...payment, [input.name]: input.name === "currency" ? value.toUpperCase() : value });
  });
  form.addEventListener("click", ({ target }) => {
    const { amount, currency } = /** @type {HTMLElement} */ (target).dataset;
    if (amount && currency) changed({ payment: "", amount, currency });
  });
  byId("usual-colours").addEventListener("click", () => {
    changed({ page: "", panel: "", text: "", accent: "" });
  });
}
