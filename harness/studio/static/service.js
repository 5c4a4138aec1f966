// @ts-check
/**
 * The studio's server: what it tells live, and what it is asked for.
 *
 * @import { Row } from "./rows.js"
 */
import { byId } from "./elements.js";
import { queue } from "./queue.js";

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
export async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  return answer.status === 204 ? {} : await answer.json();
}

/**
 * Resolves once all that happens is heard.
 * @param {object} heard
 * @param {(row: Row) => void} heard.row
 * @param {(told: any) => void} heard.check
 * @param {(told: any) => void} heard.edited
 * @param {(now: boolean) => void} heard.watched
 * @param {() => any} heard.checked what is to be checked, if anything: page, mode, amount, currency
 * @param {(words: string) => void} heard.tell
 */
export function watchService({ row, check, edited, watched, checked, tell }) {
  const events = new EventSource("/studio/events");
  /** @param {string} name @param {(data: any) => void} done */
  const on = (name, done) => events.addEventListener(name, ({ data }) => done(JSON.parse(data)));
  on("row", row);
  on("check", check);
  on("edited", edited);
  on("browser", ({ watched: now }) => watched(now));
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CONNECTING) tell("The server does not answer. Waiting …");
  });

  byId("check").addEventListener("click", async () => {
    const page = checked();
    if (!page) return tell("There is no payment to check.");
    if (page.mode !== "iframe") {
      const command = `payframe check --mode ${page.mode} URL`;
      return tell(`Pages in the frame are checked here. For this server there is ${command}.`);
    }
    const { error } = await ask("POST", "/studio/check", page);
    if (error) tell(error);
  });
  watchFaults(tell);
  watchCards(tell);
  return new Promise((heard) => events.addEventListener("open", heard, { once: true }));
}

/** @param {(words: string) => void} tell */
function watchFaults(tell) {
  /** @param {any} waiting */
  const show = ({ gateway = {}, portal = {}, error }) => {
    if (error) return tell(error);
    const all = Object.entries({ ...gateway, ...portal });
    byId("waiting").hidden = all.length === 0;
    byId("waiting-text").textContent = all
      .map(([fault, times]) => `${fault}: ${times > 1 ? `${times} requests` : "the next request"}`)
      .join(", ");
  };
  const inTurn = queue();
  /** @param {string} method @param {object} [fault] */
  const request = (method, fault) =>
    inTurn(async () => show(await ask(method, "/studio/faults", fault)));
  for (const button of document.querySelectorAll("[data-fault]")) {
    const { where, fault, times } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener(
      "click",
      () => request("POST", { where, fault, times: Number(times ?? 1) }),
    );
  }
  const code = () => /** @type {HTMLSelectElement} */ (byId("portal-fault")).value;
  byId("set-portal-fault").addEventListener(
    "click",
    () => request("POST", { where: "portal", fault: code() }),
  );
  byId("set-portal-down").addEventListener(
    "click",
    () => request("POST", { where: "portal", fault: code(), times: 1000 }),
  );
  byId("clear-faults").addEventListener("click", () => request("DELETE"));
  // What has been used up is no longer waited for.
  setInterval(() => {
    if (!byId("waiting").hidden && !document.hidden) request("GET");
  }, 2000);
  request("GET");
}

/** @param {(words: string) => void} tell */
function watchCards(tell) {
  for (const button of document.querySelectorAll("[data-card]")) {
    const { card = "" } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener("click", async () => {
      const number = card.replaceAll(" ", "");
      if (document.body.classList.contains("watched")) {
        const { filled = [] } = await ask("POST", "/studio/browser/card", { number });
        if (filled.length) return tell("The card is filled in.");
      }
      await navigator.clipboard.writeText(number);
      tell(`${card} is copied.`);
    });
  }
}
