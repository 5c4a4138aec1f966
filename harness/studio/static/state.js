// @ts-check
/**
 * What stands in the studio's address: every control by its name. A control that imitates nothing
 * is left out, so that an address says only what is unusual.
 *
 * @typedef {Record<string, string>} State
 */

/** What says which payment is shown. */
export const OF_PAYMENT = ["payment", "url", "handler", "amount", "currency", "buyer"];
/** What the shop's page itself is told, in its query. */
export const OF_SHOP = [
  "theme",
  "page",
  "panel",
  "text",
  "accent",
  "font",
  "language",
  "style",
  "values",
  "external",
  "unknown",
  "noise",
];
/** What only the studio's own browser can do. */
export const OF_BROWSER = ["network", "scheme", "storage", "language"];
/** Of the stage: the window's size in CSS px, and what stands beside one another. */
export const OF_STAGE = ["width", "height", "beside", "before"];
const NAMES = new Set([...OF_PAYMENT, ...OF_SHOP, ...OF_BROWSER, ...OF_STAGE]);

/** The state of what is set, without what imitates nothing. @param {State} set @returns {State} */
export function stateOf(set) {
  return Object.fromEntries(
    Object.entries(set).filter(([name, value]) => NAMES.has(name) && value !== ""),
  );
}

/** @param {string} search @returns {State} */
export function readState(search) {
  return stateOf(Object.fromEntries(new URLSearchParams(search)));
}

/** @param {State} state */
export function writeState(state) {
  const query = new URLSearchParams(stateOf(state)).toString();
  return query ? `/studio?${query}` : "/studio";
}

/** The part of a state with these names. @param {State} state @param {readonly string[]} names */
export function part(state, names) {
  return Object.fromEntries(names.flatMap((name) => state[name] ? [[name, state[name]]] : []));
}

/** The address of a payment's page in the shop. @param {number} payment @param {State} state */
export function shopAddress(payment, state, observed = true) {
  const query = new URLSearchParams({
    theme: "light",
    ...part(state, OF_SHOP),
    ...(observed && { observed: "1" }),
  });
  return `/payments/${payment}?${query}`;
}
