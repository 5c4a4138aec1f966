// @ts-check
/**
 * The rows as a file: a HAR (HTTP Archive 1.2) that other tools open for its requests, with all rows
 * under a name of our own.
 *
 * @import { Row } from "./rows.js"
 * @typedef {{ method: string, url: string, headers?: Record<string, string>, body?: string }} Request
 */

const OURS = "_payframe";

/** What browsers and curl put into a request by themselves. */
const BY_ITSELF = /^(host|content-length|connection|accept-encoding|sec-.*|user-agent|accept)$/i;

/** @param {Request} request */
export function asCurl({ method, url, headers = {}, body = "" }) {
  const parts = ["curl"];
  if (method !== "GET" && !(method === "POST" && body)) parts.push("-X", method);
  for (const [name, value] of Object.entries(headers)) {
    if (!BY_ITSELF.test(name)) parts.push("-H", quoted(`${name}: ${value}`));
  }
  if (body) parts.push("--data-raw", quoted(body));
  return [...parts, quoted(url)].join(" ");
}

/** For a POSIX shell. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** @param {readonly Row[]} rows @param {string} address of the studio */
export function asFile(rows, address) {
  const log = {
    version: "1.2",
    creator: { name: "payframe studio", version: "1" },
    entries: rows.filter(({ content }) => content?.request).map(entry),
    [OURS]: { address, rows },
  };
  return JSON.stringify({ log }, null, 1);
}

/** The rows of a file that the studio has saved. @param {string} text @returns {Row[]} */
export function readFile(text) {
  const rows = JSON.parse(text)?.log?.[OURS]?.rows;
  if (!Array.isArray(rows)) throw new Error("This file has no rows of a studio.");
  return rows.map((row) => ({ level: "info", mark: "", fact: "", content: {}, ...row }));
}

/** @param {Row} row */
function entry({ time, content }) {
  const { request, response = {}, seconds = 0 } = content;
  const wait = seconds * 1000;
  return {
    startedDateTime: new Date(time * 1000).toISOString(),
    time: wait,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(request.headers),
      queryString: [...new URL(request.url, "http://localhost").searchParams].map(pair),
      ...(request.body && {
        postData: { mimeType: request.headers?.["content-type"] ?? "", text: request.body },
      }),
      headersSize: -1,
      bodySize: request.body?.length ?? 0,
    },
    response: {
      status: response.status ?? 0,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(response.headers),
      content: {
        size: response.body?.length ?? 0,
        mimeType: response.headers?.["content-type"] ?? "",
        text: response.body ?? "",
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait, receive: 0 },
  };
}

/** @param {Record<string, string>} [headers] */
const pairs = (headers = {}) => Object.entries(headers).map(pair);

/** @param {[string, string]} item */
const pair = ([name, value]) => ({ name, value });
