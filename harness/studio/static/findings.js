// @ts-check
/** What `payframe check` finds of the page, beside the frame, as it comes. */

import { byId, make } from "./elements.js";

const list = byId("finding-list");
const state = byId("check-state");
const bar = /** @type {HTMLProgressElement} */ (byId("check-progress"));
const button = byId("check");

/**
 * What the server tells of a check.
 * @param {{ state: string, share?: number, scene?: string, error?: string, finding?: any }} told
 */
export function checkTold(told) {
  switch (told.state) {
    case "started":
      list.replaceChildren();
      state.textContent = "Checking …";
      bar.hidden = false;
      bar.value = 0;
      button.textContent = "Check again";
      break;
    case "progress":
      bar.value = told.share ?? 0;
      if (told.scene) state.textContent = `Checking: ${told.scene}`;
      break;
    case "finding":
      list.append(card(told.finding));
      break;
    case "done":
      bar.hidden = true;
      state.textContent = list.children.length
        ? `${list.children.length} ${list.children.length === 1 ? "finding" : "findings"}.`
        : "Nothing is wrong with it.";
      break;
    case "failed":
      bar.hidden = true;
      state.textContent = told.error ?? "The check could not be made.";
  }
}

/** Where two pages differ. @param {string} url of a picture @param {string} sentence */
export function showDifference(url, sentence) {
  const item = make("li", "", "difference");
  item.append(make("h3", "Before and now differ"), make("p", `${sentence}.`), picture({ url }));
  list.prepend(item);
}

/** @param {any} finding */
function card({ rule, severity, title, message, fix, pictures = [] }) {
  const item = make("li", "", severity);
  item.append(
    make("h3", title ?? rule),
    make("p", message),
    ...pictures.map(picture),
    make("p", fix, "fix"),
    make("code", `payframe explain ${rule}`),
  );
  return item;
}

/** @param {{ url: string, caption?: string }} picture */
function picture({ url, caption = "" }) {
  const figure = make("figure");
  const link = make("a");
  Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
  const image = make("img");
  Object.assign(image, { src: url, alt: caption || "The picture", loading: "lazy" });
  link.append(image);
  figure.append(link, make("figcaption", caption));
  return figure;
}
