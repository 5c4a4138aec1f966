// @ts-check
/**
 * The list of rows. Only those that can be seen are elements: a hundred thousand scroll as ten do.
 *
 * @import { Row } from "./rows.js"
 */
import { showDetail } from "./detail.js";
import { byId, make } from "./elements.js";

const HEIGHT = 30;
const BEYOND = 10;
/** Rows that are kept. */
const MOST = 100_000;
const NAMES = {
  shop: "shop → frame",
  frame: "frame → shop",
  browser: "browser",
  gateway: "gateway",
  portal: "portal",
  platform: "platform",
  studio: "studio",
};
const MESSAGES = new Set(["message", "size", "box", "load", "frame", "noise"]);

export class Timeline {
  /** All, oldest first. @type {Row[]} */
  rows = [];
  /** Those that pass the filter. @type {Row[]} */
  #shown = [];
  /** @type {Row | undefined} */
  #chosen;
  /** Those that were drawn: a row keeps its element. @type {WeakMap<Row, HTMLElement>} */
  #elements = new WeakMap();
  #paused = false;
  #missed = 0;
  #drawing = false;
  #list = byId("rows");
  #space = byId("space");

  constructor() {
    this.#list.addEventListener("scroll", () => this.#draw());
    // With a click the row might have moved on between pressing and letting go.
    this.#list.addEventListener("pointerdown", ({ target }) => {
      const element = /** @type {Element} */ (target).closest("[data-row]");
      if (element) this.#choose(Number(element.getAttribute("data-row")));
    });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#list);
    for (const id of ["filter", "source"]) byId(id).addEventListener("input", () => this.#filter());
    byId("pause").addEventListener("click", () => this.pause(!this.#paused));
    byId("clear").addEventListener("click", () => this.replace([]));
  }

  /** @param {Row} row */
  add(row) {
    if (this.#paused) {
      this.#missed++;
      this.#count();
      return;
    }
    this.rows.push(row);
    // What two processes tell may come in another order than it happened.
    for (let n = this.rows.length - 1; n > 0; n--) {
      const [before, after] = [this.rows[n - 1], this.rows[n]];
      if (!before || !after || before.time <= after.time) break;
      [this.rows[n - 1], this.rows[n]] = [after, before];
    }
    if (this.rows.length > MOST) this.rows.shift();
    this.#later();
  }

  /** A row has been marked since it came. @param {Row} row */
  changed(row) {
    texts.delete(row);
    this.#later();
  }

  /** Show these rows in place of those that are there. @param {Row[]} rows */
  replace(rows) {
    this.rows = rows;
    this.#chosen = undefined;
    byId("detail").hidden = true;
    this.#filter();
  }

  /** Nothing is added while it pauses. @param {boolean} paused */
  pause(paused) {
    this.#paused = paused;
    this.#missed = 0;
    byId("pause").setAttribute("aria-pressed", `${paused}`);
    byId("pause").textContent = paused ? "Go on" : "Pause";
    this.#count();
  }

  /** Choose a row and show all of it. @param {Row} row */
  choose(row) {
    const number = this.#shown.indexOf(row);
    if (number >= 0) this.#choose(number);
  }

  /** Drawn once a frame, however many rows have come. */
  #later() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#filter();
    });
  }

  #filter() {
    const { value: source } = /** @type {HTMLSelectElement} */ (byId("source"));
    const { value: text } = /** @type {HTMLInputElement} */ (byId("filter"));
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const atEnd = this.#list.scrollTop + this.#list.clientHeight >= this.#space.offsetHeight - 2;
    // Who reads a row is not led away from it.
    const followed = atEnd && !this.#chosen;
    this.#shown = this.rows.filter((row) =>
      isOf(row, source) && words.every((word) => textOf(row).includes(word))
    );
    this.#space.style.height = `${this.#shown.length * HEIGHT}px`;
    byId("no-rows").hidden = this.#shown.length > 0;
    byId("no-rows").textContent = this.rows.length
      ? "No row passes the filter."
      : "Nothing has happened yet. What shop and frame say to each other appears here.";
    if (followed) this.#list.scrollTop = this.#space.offsetHeight;
    this.#count();
    this.#draw();
  }

  #count() {
    const all = this.rows.length.toLocaleString("en");
    const some = this.#shown.length < this.rows.length
      ? `${this.#shown.length.toLocaleString("en")} of ${all}`
      : all;
    const missed = this.#missed ? `, ${this.#missed} since the pause` : "";
    byId("count").textContent = `${some}${missed}`;
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.#list.scrollTop / HEIGHT) - BEYOND);
    const many = Math.ceil(this.#list.clientHeight / HEIGHT) + 2 * BEYOND;
    const start = this.rows[0]?.time ?? 0;
    const drawn = this.#shown.slice(first, first + many).map((row, n) =>
      this.#element(row, first + n, start)
    );
    this.#space.replaceChildren(...drawn);
  }

  /** @param {Row} row @param {number} number @param {number} start */
  #element(row, number, start) {
    const element = this.#elements.get(row) ?? document.createElement("div");
    const marked = `${row.source} ${row.level}`;
    if (element.dataset["marked"] !== marked) {
      element.dataset["marked"] = marked;
      element.className = `row ${marked}`;
      element.setAttribute("role", "option");
      element.replaceChildren(
        make("span", `${(row.time - start).toFixed(3)}`, "time"),
        make("span", NAMES[row.source], "from"),
        make("span", row.pane ? `${row.kind} · ${row.pane}` : row.kind, "kind"),
        make("span", row.title, "title"),
        make("span", row.mark, "mark"),
      );
      this.#elements.set(row, element);
    }
    element.id = `row-${number}`;
    element.style.top = `${number * HEIGHT}px`;
    element.dataset["row"] = `${number}`;
    element.setAttribute("aria-selected", `${row === this.#chosen}`);
    return element;
  }

  /** @param {number} number */
  #choose(number) {
    const row = this.#shown[number];
    if (!row) return;
    this.#chosen = row;
    const top = number * HEIGHT;
    if (top < this.#list.scrollTop) this.#list.scrollTop = top;
    if (top + HEIGHT > this.#list.scrollTop + this.#list.clientHeight) {
      this.#list.scrollTop = top + HEIGHT - this.#list.clientHeight;
    }
    this.#draw();
    this.#list.setAttribute("aria-activedescendant", `row-${number}`);
    showDetail(byId("detail"), row);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const now = this.#chosen ? this.#shown.indexOf(this.#chosen) : -1;
    const page = Math.max(1, Math.floor(this.#list.clientHeight / HEIGHT) - 1);
    const last = this.#shown.length - 1;
    const to = {
      ArrowDown: now + 1,
      ArrowUp: Math.max(0, now - 1),
      PageDown: now + page,
      PageUp: Math.max(0, now - page),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#choose(Math.min(to, last));
  }
}

/** @param {Row} row @param {string} source */
function isOf(row, source) {
  switch (source) {
    case "":
      return true;
    case "messages":
      return MESSAGES.has(row.kind);
    case "marked":
      return row.mark !== "";
    default:
      return row.source === source;
  }
}

/** What the filter looks at; made once a row. @type {WeakMap<Row, string>} */
const texts = new WeakMap();

/** @param {Row} row */
function textOf(row) {
  let text = texts.get(row);
  if (text === undefined) {
    const { BX_COMPUTED_STYLE: _style, ...content } = row.content ?? {};
    text = `${row.source} ${row.kind} ${row.title} ${row.mark} ${JSON.stringify(content)}`
      .toLowerCase();
    texts.set(row, text);
  }
  return text;
}
