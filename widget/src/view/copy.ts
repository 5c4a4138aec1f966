/** A button that copies a text. */

import type { Say } from "../locale.ts";
import { create } from "./dom.ts";

/** Milliseconds that the button says it has been done. */
const DONE = 2_000;

/** `label` names what is copied, for those who do not see the button beside it. */
export function copyButton(t: Say, label: string, text: string): HTMLElement {
  const button = create(
    "button",
    { type: "button", className: "copy", ariaLabel: `${t("copy")}: ${label}` },
    t("copy"),
  );
  button.addEventListener("click", async () => {
    if (!await copy(text)) return;
    button.textContent = button.ariaLabel = t("copied");
    setTimeout(() => {
      button.textContent = t("copy");
      button.ariaLabel = `${t("copy")}: ${label}`;
    }, DONE);
  });
  return button;
}

/**
 * The clipboard's own interface needs a permission that the seller's page does not give to the
 * frame; the old command needs none.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = create("textarea", { value: text });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
