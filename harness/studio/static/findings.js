// @ts-check
/** What `payframe check` finds of the page, beside the frame, as it comes. */

const list = /** @type {HTMLElement} */ (document.getElementById("finding-list"));
const state = /** @type {HTMLElement} */ (document.getElementById("check-state"));
const bar = /** @type {HTMLProgressElement} */ (document.getElementById("check-progress"));
const button = /** @type {HTMLButtonElement} */ (document.getElementById("check"));

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
  const item = document.createElement("li");
  item.className = "difference";
  item.append(text("h3", "Before and now differ"), text("p", `${sentence}.`), picture({ url }));
  list.prepend(item);
}

/** @param {any} finding */
function card({ rule, severity, title, message, fix, pictures = [] }) {
  const item = document.createElement("li");
  item.className = severity;
  const heading = text("h3", title ?? rule);
  const what = text("p", message);
  const how = text("p", fix);
  how.className = "fix";
  const name = text("code", `payframe explain ${rule}`);
  item.append(heading, what, ...pictures.slice(0, 2).map(picture), how, name);
  return item;
}

/** @param {{ url: string, caption?: string }} picture */
function picture({ url, caption = "" }) {
  const figure = document.createElement("figure");
  const link = document.createElement("a");
  Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
  const image = document.createElement("img");
  Object.assign(image, { src: url, alt: caption || "The picture", loading: "lazy" });
  link.append(image);
  figure.append(link, text("figcaption", caption));
  return figure;
}

/** @param {string} tag @param {string} words */
function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
