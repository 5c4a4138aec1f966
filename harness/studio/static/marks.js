// @ts-check
/**
 * What is unusual of a row, by what came before it. Each mark has a fact that explains it.
 *
 * @import { Row } from "./rows.js"
 */

/** Sizes in a row, each higher than the one before and none asked for, that make a loop. */
const LOOP = 5;
/** Seconds within which they come. */
const LOOP_TIME = 3;
/** Seconds that a page gets to answer the shop's message. */
export const ANSWER = 2;

/** Looks at the rows of one pane, in their order. */
export class Marks {
  /** @type {{ height: number, time: number }[]} */
  #sizes = [];
  #pinned = false;
  #noise = false;
  /** The shop's last message, which nothing has answered yet. @type {Row | undefined} */
  #unanswered;
  /** Whether the document in the frame has posted a size. */
  #spoken = false;

  /** Marks a row where something is unusual. @param {Row} row */
  look(row) {
    if (row.kind === "open") {
      this.#sizes = [];
      this.#pinned = this.#spoken = this.#noise = false;
      this.#unanswered = undefined;
    }
    if (row.kind === "noise") this.#noise = true;
    if (row.kind === "message" && row.source === "shop") this.#unanswered = row;
    if (row.source === "frame" && row.kind === "size") {
      this.#spoken = true;
      this.#unanswered = undefined;
    }
    if (row.source !== "frame" || !("fromFrame" in row.content)) return;
    const found = this.#wrong(row);
    if (found) Object.assign(row, { level: "warning" }, found);
  }

  /**
   * The shop's message that has not been answered in time, now marked; once only.
   * @param {number} now in seconds since the epoch
   */
  late(now) {
    const row = this.#unanswered;
    if (!row || this.#spoken || now - row.time < ANSWER) return undefined;
    this.#unanswered = undefined;
    Object.assign(
      row,
      { level: "warning" },
      this.#noise
        ? {
          mark: "The page has not answered, and others spoke before the shop: it seems to take " +
            "the first message of anybody for the shop’s.",
          fact: "first-message",
        }
        : {
          mark: `The page has posted no size within ${ANSWER} seconds: it listens too late, or ` +
            "not at all.",
          fact: "late-listener",
        },
    );
    return row;
  }

  /** @param {Row} row @returns {Partial<Row> | undefined} */
  #wrong({ content, time, kind }) {
    const { data, fromFrame, changed, box } = content;
    if (!fromFrame) {
      return {
        mark: "This comes from another window than the frame.",
        fact: "who-is-heard",
        level: "info",
      };
    }
    if (data === null || data === undefined) {
      return {
        mark: "The platform’s listener reads data.width, which throws here.",
        fact: "who-is-heard",
        level: "error",
      };
    }
    if (kind !== "size") {
      return {
        mark: "The shop reads width and height and nothing else: this is said to nobody.",
        fact: "who-is-heard",
      };
    }
    if (parseInt(data.width) > 0 && !this.#pinned) {
      this.#pinned = true;
      return {
        mark: `A width pins the frame: it stays ${parseInt(data.width)} px wide, however wide ` +
          "its column becomes.",
        fact: "pinned-width",
      };
    }
    if (this.#grows(parseInt(data.height), time)) {
      return {
        mark: "The height grows with every message: the page measures its window, which grows " +
          "with it, in place of its content.",
        fact: "growth-loop",
        level: "error",
      };
    }
    if (!changed) {
      return {
        mark: `The frame has this size already (${
          Math.round(box.height)
        } px high): nothing changes.`,
        fact: "sizes",
        level: "info",
      };
    }
  }

  /** @param {number} height @param {number} time */
  #grows(height, time) {
    if (!(height > 0)) return false;
    const last = this.#sizes.at(-1);
    if (last && height <= last.height) this.#sizes = [];
    this.#sizes.push({ height, time });
    const first = this.#sizes.at(-LOOP);
    return first !== undefined && time - first.time < LOOP_TIME;
  }
}
