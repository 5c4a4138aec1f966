/** A button that copies a text. */

import type { Translate } from "../locale.ts";
import { create } from "./dom.ts";

/** Milliseconds that the button says it has been done. */
const DONE = 2_000;

/** `label` names what is copied, for those who do not see the button beside it. */
export function copyButton(t: Translate, label: string, text: string): HTMLElement {
  const button = create("button", { type: "button", className: "copy" });
  const offer = () => {
    button.textContent = t("copy");
    button.ariaLabel = `${t("copy")}: ${label}`;
  };
  button.addEventListener("click", () => {
    const done = copy(text);
    button.focus();
    if (!done) return;
    button.textContent = button.ariaLabel = t("copied");
    setTimeout(offer, DONE);
  });
  offer();
  return button;
}

/**
 * The old command: the clipboard's own interface needs a permission that the seller's page does
 * not give to the frame.
 */
function copy(text: string): boolean {
  const field = create("textarea", { value: text });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
