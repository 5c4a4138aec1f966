// @ts-check
/**
 * Rows of the timeline, made of what the shop's page tells.
 *
 * @typedef {"shop" | "frame" | "browser" | "gateway" | "portal" | "platform" | "studio"} Source
 * @typedef {object} Row
 * @property {Source} source who says it
 * @property {string} kind
 * @property {string} title
 * @property {number} time in seconds since the epoch
 * @property {number | null} [payment]
 * @property {"info" | "warning" | "error"} level
 * @property {string} mark what is unusual, a sentence; "" where nothing is
 * @property {string} fact the name of what explains it
 * @property {any} content
 * @property {string} [pane] which of the panes it is of
 */

/** @param {Partial<Row> & Pick<Row, "source" | "kind" | "title" | "time">} row @returns {Row} */
export function row(row) {
  return { level: "info", mark: "", fact: "", content: {}, ...row };
}

/** What observed.js tells as a row. @param {any} told @returns {Row | undefined} */
export function rowOf(told) {
  const { payframe, time, ...content } = told;
  switch (payframe) {
    case "opened":
      return row({ source: "shop", kind: "open", title: "The shop’s page opens", time, content });
    case "frame":
      return row({
        source: "shop",
        kind: "frame",
        title: `Frame for ${content.url}`,
        time,
        content,
      });
    case "no frame":
      return row({
        source: "shop",
        kind: "page",
        title: `Page without a frame: ${content.title}`,
        time,
        content,
      });
    case "load":
      return row({ source: "frame", kind: "load", title: "The frame has loaded", time, content });
    case "to frame":
      return row({
        source: "shop",
        kind: "message",
        title: messageTitle(content.data),
        time,
        content: content.data,
      });
    case "noise":
      return row({
        source: "browser",
        kind: "noise",
        title: `${content.from} says ${short(content.data)}`,
        time,
        content,
      });
    case "to shop":
      return row({
        source: "frame",
        kind: isSize(content.data) ? "size" : "message",
        title: isSize(content.data) ? sizeTitle(content.data) : short(content.data),
        time,
        content,
      });
    case "box":
      return row({
        source: "shop",
        kind: "box",
        title: `The frame is ${round(content.width)} × ${round(content.height)}`,
        time,
        content,
      });
    case "form":
      return row({
        source: "shop",
        kind: "form",
        title: `${content.method.toUpperCase()} ${content.action}`,
        time,
        content: { request: asRequest(content) },
      });
  }
}

/** Whether the shop reads a size in it, as the platform does. @param {any} data */
export function isSize(data) {
  return data !== null && data !== undefined &&
    (parseInt(data.width) > 0 || parseInt(data.height) > 0);
}

/** @param {any} data */
function sizeTitle(data) {
  const parts = ["width", "height"].filter((name) => parseInt(data[name]) > 0);
  return parts.map((name) => `${name} ${data[name]}`).join(", ");
}

/** @param {any} data */
function messageTitle(data) {
  const { SUM, CURRENCY, PAYMENT_ID } = data?.BX_SYSTEM_PARAMS ?? {};
  const fields = Object.keys(data ?? {}).filter((name) => !name.startsWith("BX_"));
  const named = fields.length ? `, with ${fields.join(", ")}` : "";
  return `Payment ${PAYMENT_ID}: ${SUM} ${CURRENCY}${named}`;
}

/** @param {{ action: string, method: string, data: Record<string, string> }} form */
function asRequest({ action, method, data }) {
  const body = new URLSearchParams(data).toString();
  if (method.toLowerCase() === "get") {
    return { method: "GET", url: `${action.split("?")[0]}?${body}`, headers: {}, body: "" };
  }
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", url: action, headers, body };
}

/** @param {unknown} data */
export function short(data) {
  const text = typeof data === "string" ? JSON.stringify(data) : JSON.stringify(data) ?? `${data}`;
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** @param {number} number */
const round = (number) => Math.round(number * 10) / 10;
