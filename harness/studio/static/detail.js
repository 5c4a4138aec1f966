// @ts-check
/**
 * All of one row, to read and to copy.
 *
 * @import { Row } from "./rows.js"
 */
import { make } from "./elements.js";
import { asCurl } from "./export.js";

/** @param {HTMLElement} place @param {Row} row */
export function showDetail(place, row) {
  const { request, response, ...rest } = row.content;
  const style = row.content.BX_COMPUTED_STYLE;
  const heading = make("h3", row.title);
  const when = make("p", new Date(row.time * 1000).toISOString().slice(11, 23), "when");
  /** @type {HTMLElement[]} */
  const parts = [heading, when, ...why(row)];
  const copy = make("div", "", "copies");
  copy.append(copier("Copy as JSON", () => JSON.stringify(row, null, 2)));
  if (request) copy.append(copier("Copy as curl", () => asCurl(request)));
  parts.push(copy);
  if (request) {
    parts.push(make("h4", "Request"), code(`${request.method} ${request.url}`));
    if (Object.keys(request.headers ?? {}).length) {
      parts.push(folded("Headers", lines(request.headers)));
    }
    if (request.body) parts.push(code(request.body));
  }
  if (response) {
    const seconds = rest.seconds === undefined ? "" : `, after ${milliseconds(rest.seconds)}`;
    parts.push(make("h4", `Answer ${response.status || "cut off"}${seconds}`));
    if (Object.keys(response.headers ?? {}).length) {
      parts.push(folded("Headers", lines(response.headers)));
    }
    if (response.body) parts.push(code(response.body));
  }
  if (!request && !response) parts.push(...plain(row.content, style));
  place.replaceChildren(...parts);
  place.hidden = false;
  place.scrollTop = 0;
}

/** @param {Row} row */
function why({ mark, fact, level }) {
  if (!mark) return [];
  const paragraph = make("p", `${mark} `, `why ${level}`);
  if (fact) {
    const link = make("a", "What the platform does");
    Object.assign(link, { href: `/studio/facts#${fact}`, target: "_blank", rel: "noopener" });
    paragraph.append(link);
  }
  return [paragraph];
}

/** @param {any} content @param {any} style */
function plain(content, style) {
  if (!style) return [code(JSON.stringify(content, null, 2))];
  const named = Object.entries(style).filter(([name]) => !/^\d+$/.test(name));
  const count = named.length ? `${named.length} values` : "names without values";
  const summary = { ...content, BX_COMPUTED_STYLE: `… ${count}` };
  return [
    code(JSON.stringify(summary, null, 2)),
    folded(`BX_COMPUTED_STYLE: ${count}`, JSON.stringify(style, null, 2)),
  ];
}

/** @param {Record<string, string>} headers */
const lines = (headers) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n");

/** @param {number} seconds */
const milliseconds = (seconds) =>
  seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;

/** @param {string} text */
const code = (text) => make("pre", text);

/** @param {string} title @param {string} text */
function folded(title, text) {
  const details = make("details");
  details.append(make("summary", title), code(text));
  return details;
}

/** @param {string} label @param {() => string} text */
function copier(label, text) {
  const button = make("button", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = "Copied";
    setTimeout(() => button.textContent = label, 1500);
  });
  return button;
}
