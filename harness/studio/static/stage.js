// @ts-check
/**
 * The shop's page in a frame of its own, as wide as one likes; or several of them side by side.
 *
 * @import { State } from "./state.js"
 * @typedef {object} Pane
 * @property {string} name empty where it is the only one
 * @property {HTMLIFrameElement} frame the shop's page
 * @property {HTMLElement} element
 * @property {string} address of the shop's page
 */

import { byId, make, onDrag } from "./elements.js";

const STEP = 8;
const LEAST = 240;
/** CSS px that are left above the payment frame. */
const MARGIN = 24;
const SHOP_FRAME = "rest-payment-frame";

export class Stage {
  /** @type {Pane[]} */
  panes = [];
  /** Where windows were scrolled to along with another. @type {WeakMap<Window, number>} */
  #along = new WeakMap();
  #root = byId("panes");
  #output = byId("size");

  /** @param {(width: number, height: number) => void} resized CSS px, 0 for as wide as there is room */
  constructor(resized) {
    this.resized = resized;
    new ResizeObserver(() => this.#tellSize()).observe(this.#root);
  }

  /**
   * Show these pages; one that is there already stays as it is.
   * @param {{ name: string, address: string, width: number, height: number }[]} wanted
   */
  show(wanted) {
    const same = wanted.length === this.panes.length &&
      wanted.every(({ name }, n) => name === this.panes[n]?.name);
    if (!same) {
      this.#root.replaceChildren();
      this.panes = wanted.map(({ name }) => this.#pane(name));
    }
    this.#root.classList.toggle("several", wanted.length > 1);
    for (const [n, { address, width, height }] of wanted.entries()) {
      const pane = this.panes[n];
      if (!pane) continue;
      this.#size(pane, width, height);
      if (pane.address !== address) this.#load(pane, address);
    }
    this.#tellSize();
  }

  /** Load the shop's pages anew. */
  reload() {
    for (const pane of this.panes) this.#load(pane, pane.address);
  }

  /** Bring the payment frame into sight, in the shop's window alone. @param {Pane} pane */
  static reveal({ frame }) {
    const shown = inner(frame)?.getBoundingClientRect();
    if (shown) frame.contentWindow?.scrollBy(0, shown.top - MARGIN);
  }

  /** Let the shop's pages post their message once more, as after a load of the frame. */
  post() {
    for (const frame of this.#payment()) frame.dispatchEvent(new Event("load"));
  }

  /** Load the payment frames anew, and nothing else. */
  reloadFrames() {
    for (const frame of this.#payment()) frame.setAttribute("src", frame.src);
  }

  /** The pane in which a window is: the shop's page, or what is below it. @param {unknown} source */
  paneOf(source) {
    return this.panes.find(({ frame }) =>
      source === frame.contentWindow || source === inner(frame)?.contentWindow
    );
  }

  /** Hand on to the shop what its frame has posted to the window above all. @param {MessageEvent} event */
  handOn({ data, origin, source }) {
    const shop = /** @type {any} */ (this.paneOf(source)?.frame.contentWindow);
    shop?.dispatchEvent(new shop.MessageEvent("message", { data, origin, source }));
  }

  #payment() {
    return this.panes.map(({ frame }) => inner(frame)).filter((frame) => frame !== null);
  }

  /** @param {string} name @returns {Pane} */
  #pane(name) {
    const element = make("section", "", "pane");
    const frame = make("iframe");
    frame.title = name ? `The shop, ${name}` : "The shop";
    if (name) element.append(make("h2", name));
    const box = make("div", "", "window");
    box.append(frame, this.#handle());
    element.append(box);
    this.#root.append(element);
    const pane = { name, frame, element, address: "" };
    frame.addEventListener("load", () => this.#scrollTogether(pane));
    return pane;
  }

  /** @param {Pane} pane @param {string} address */
  #load(pane, address) {
    pane.address = address;
    // Replaced, so that Back leaves the studio and does not go through its frames.
    pane.frame.contentWindow?.location.replace(address);
  }

  /** @param {Pane} pane @param {number} width @param {number} height */
  #size({ element }, width, height) {
    element.style.setProperty("--width", width ? `${width}px` : "100%");
    element.style.setProperty("--height", height ? `${height}px` : "100%");
    element.classList.toggle("free", !width);
    element.classList.toggle("full", !height);
  }

  /** What is dragged for another width. */
  #handle() {
    const handle = make("div", "", "handle");
    handle.tabIndex = 0;
    handle.setAttribute("role", "separator");
    handle.setAttribute("aria-orientation", "vertical");
    handle.setAttribute("aria-label", "Width of the window");
    handle.setAttribute("aria-valuenow", "0");
    const width = () => handle.parentElement?.getBoundingClientRect().width ?? 0;
    /** @param {number} wanted */
    const set = (wanted) => this.resized(Math.max(LEAST, Math.round(wanted)), 0);
    onDrag(handle, (down) => {
      const before = width();
      // The window is in the middle, so it grows on both sides.
      return (move) => set(before + 2 * (move.clientX - down.clientX));
    });
    handle.addEventListener("keydown", ({ key }) => {
      if (key === "ArrowLeft") set(width() - STEP);
      if (key === "ArrowRight") set(width() + STEP);
    });
    return handle;
  }

  #tellSize() {
    const [pane, ...others] = this.panes;
    if (!pane || others.length) {
      this.#output.textContent = "";
      return;
    }
    const { width, height } = pane.frame.getBoundingClientRect();
    this.#output.textContent = `${Math.round(width)} × ${Math.round(height)}`;
    const handle = pane.element.querySelector(".handle");
    handle?.setAttribute("aria-valuenow", `${Math.round(width)}`);
  }

  /** Panes scroll with one another, each by its own share. @param {Pane} pane */
  #scrollTogether(pane) {
    const shop = pane.frame.contentDocument && pane.frame.contentWindow;
    // What a form leads to is of another origin.
    shop?.addEventListener("scroll", () => {
      // What was scrolled along says so itself, and leads nobody.
      if (Math.abs(shop.scrollY - (this.#along.get(shop) ?? -2)) < 2) return;
      const share = shop.scrollY / Math.max(1, room(shop));
      for (const other of this.panes) {
        const window = other.frame.contentDocument && other.frame.contentWindow;
        if (other === pane || !window) continue;
        this.#along.set(window, share * room(window));
        window.scrollTo(0, share * room(window));
      }
      this.#along.delete(shop);
    });
  }
}

/** How far a window scrolls; a document that has just begun has no element yet. @param {Window} window */
const room = ({ document, innerHeight }) =>
  (document.documentElement?.scrollHeight ?? innerHeight) - innerHeight;

/** The payment frame of a shop's page. @param {HTMLIFrameElement} frame */
function inner(frame) {
  const found = frame.contentDocument?.getElementById(SHOP_FRAME) ?? null;
  return /** @type {HTMLIFrameElement | null} */ (found);
}
