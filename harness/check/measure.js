// @ts-check
// The document in the frame: its viewport, how far it scrolls, where its visible content ends.
// JSON.
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const DRAWN = "img,input,button,select,textarea,svg,canvas,video,iframe,object,hr";
  const root = document.documentElement;

  /** @param {Element} element @param {CSSStyleDeclaration} style */
  const paints = (element, style) =>
    element.matches(DRAWN) || style.borderBottomWidth !== "0px" || style.boxShadow !== "none" ||
    (element !== document.body && element !== root &&
      style.backgroundColor !== "rgba(0, 0, 0, 0)");
  // At most what is below an element by right: paddings and margins of all around it. Margins
  // that collapse are counted twice.
  /** @param {Element} element */
  const below = (element) => {
    let sum = 0;
    /** @type {Element | null} */
    let outer = element;
    for (; outer; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      sum += Math.max(parseFloat(style.marginBottom) || 0, 0);
      if (outer !== element) sum += parseFloat(style.paddingBottom) || 0;
    }
    return sum;
  };

  // Where a box ends that what is around it clips, or scrolls; null where nothing of it is shown.
  // The document's own edges clip nothing here: what they cut off is to be found.
  /** @param {Element | null} outer @param {Element} element @param {DOMRect} box */
  const endOf = (outer, element, box) => {
    let { bottom } = box;
    let isAbsolute = outer !== element && getComputedStyle(element).position === "absolute";
    for (; outer && outer !== document.body && outer !== root; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (isAbsolute && style.position === "static" && style.transform === "none") continue;
      isAbsolute = style.position === "absolute";
      if (style.overflowY === "visible" || style.display === "inline") continue;
      const edge = outer.getBoundingClientRect();
      bottom = Math.min(bottom, edge.bottom);
      if (bottom <= Math.max(box.top, edge.top)) return null;
    }
    return bottom;
  };

  let content = 0;
  let lowest = /** @type {Element | null} */ (null);
  let wide = /** @type {Element | null} */ (null);
  let farthest = innerWidth + 1;
  // A text is clipped by its own element too.
  /** @param {Element} element @param {DOMRect} box @param {Element | null} clip */
  const reach = (element, box, clip) => {
    if (!box.width || !box.height) return;
    if (box.bottom + scrollY > content) {
      const end = endOf(clip, element, box);
      if (end !== null && end + scrollY > content) [content, lowest] = [end + scrollY, element];
    }
    if (box.right + scrollX > farthest) [farthest, wide] = [box.right + scrollX, element];
  };
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    if (style.position === "fixed") continue;
    if (paints(element, style)) {
      reach(element, element.getBoundingClientRect(), element.parentElement);
    }
    for (const node of element.childNodes) {
      if (!(node instanceof Text) || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      reach(element, range.getBoundingClientRect(), element);
    }
  }
  return JSON.stringify({
    viewport: [innerWidth, innerHeight],
    scroll: [
      Math.max(root.scrollWidth, document.body?.scrollWidth ?? 0),
      Math.max(root.scrollHeight, document.body?.scrollHeight ?? 0),
    ],
    content,
    below: lowest ? below(lowest) : 0,
    text: document.body?.innerText ?? "",
    wide: wide?.outerHTML.slice(0, QUOTED) ?? null,
  });
});
