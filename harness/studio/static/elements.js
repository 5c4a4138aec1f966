// @ts-check
/** Elements of the page: found, made and dragged. */

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * An element with a text in it.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} [text] @param {string} [name] its class
 */
export function make(tag, text = "", name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
}

/**
 * While a handle is dragged, `dragged` is told where the pointer is.
 * @param {HTMLElement} handle
 * @param {(down: PointerEvent) => (move: PointerEvent) => void} start what each drag begins with
 */
export function onDrag(handle, start) {
  handle.addEventListener("pointerdown", (down) => {
    const dragged = start(down);
    handle.setPointerCapture(down.pointerId);
    document.body.classList.add("dragging");
    handle.addEventListener("pointermove", dragged);
    handle.addEventListener("lostpointercapture", () => {
      document.body.classList.remove("dragging");
      handle.removeEventListener("pointermove", dragged);
    }, { once: true });
  });
}
