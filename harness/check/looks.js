// @ts-check
// The texts of the document in the frame as they are drawn, and where nothing lies on its canvas.
// Waits for transitions and animations that come to an end: half-way nothing has its colour yet.
// JSON: to take apart thousands of values one by one would take Playwright long.
(async () => {
  const QUOTED = 300; // characters of an element's HTML
  const SHOWN = 80; // characters of a text
  const LONGEST_ANIMATION = 2000; // milliseconds
  const LEAST_SIDE = 2; // CSS px: what is smaller is there for screen readers only
  const STEP = 16; // CSS px between two points that are looked at
  const MOST_POINTS = 500;

  const ending = document.getAnimations().filter(({ playState, effect }) =>
    playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime)
  );
  await Promise.race([
    Promise.allSettled(ending.map(({ finished }) => finished)),
    new Promise((done) => setTimeout(done, LONGEST_ANIMATION)),
  ]);

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!canvas) throw new Error("no canvas");
  /** @type {Map<string, number[]>} */
  const known = new Map();
  // Any CSS colour as [red, green, blue, alpha], 0 to 255.
  /** @param {string} color */
  const rgba = (color) => {
    const found = known.get(color);
    if (found) return found;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const drawn = [...canvas.getImageData(0, 0, 1, 1).data];
    known.set(color, drawn);
    return drawn;
  };
  /** @param {string} color */
  const isClear = (color) => rgba(color)[3] === 0;
  // An element and all around it.
  /** @param {Element} element */
  const chain = (element) => {
    const all = [element];
    for (let outer = element.parentElement; outer; outer = outer.parentElement) all.push(outer);
    return all;
  };
  // For screen readers only: a box of no size, or clipped to nothing.
  /** @param {Element} element */
  const hidden = (element) =>
    chain(element).some((part) => {
      const style = getComputedStyle(part);
      const small = part.clientWidth < LEAST_SIDE || part.clientHeight < LEAST_SIDE;
      return style.clip !== "auto" || style.clipPath !== "none" ||
        (style.overflow !== "visible" && small && style.display !== "inline");
    });
  /** @param {Element} element @param {DOMRect} box */
  const covered = (element, box) => {
    if (getComputedStyle(element).pointerEvents === "none") return false;
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    return hit !== null && !hit.contains(element) && !element.contains(hit);
  };
  /** @param {Element} element */
  const scrolls = (element) =>
    chain(element).some((part) =>
      part !== document.body && part !== document.documentElement &&
      /auto|scroll/.test(getComputedStyle(part).overflowX)
    );

  /** @type {object[]} */
  const texts = [];
  /** @param {Element} element @param {DOMRect} box @param {string} text */
  const add = (element, box, text) => {
    if (box.width < LEAST_SIDE || box.height < LEAST_SIDE || hidden(element)) return;
    const style = getComputedStyle(element);
    texts.push({
      text: text.trim().replace(/\s+/g, " ").slice(0, SHOWN),
      html: element.outerHTML.slice(0, QUOTED),
      size: parseFloat(style.fontSize),
      color: rgba(style.webkitTextFillColor),
      opacity: chain(element).reduce(
        (all, part) => all * Number(getComputedStyle(part).opacity),
        1,
      ),
      box: [box.left, box.top, box.right, box.bottom],
      plain: !chain(element).some((part) =>
        getComputedStyle(part).backgroundClip.includes("text") ||
        getComputedStyle(part).mixBlendMode !== "normal"
      ) && !covered(element, box) && !element.closest(":disabled, [aria-disabled=true], [inert]"),
      scrolls: scrolls(element),
    });
  };
  const written =
    "input:not([type=hidden],[type=checkbox],[type=radio],[type=range],[type=color]," +
    "[type=file],[type=image]),select,textarea";
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.matches("script,style,noscript,option,svg *")) continue;
    if (element.matches(written)) {
      const { value } = /** @type {HTMLInputElement} */ (element);
      add(element, element.getBoundingClientRect(), value || element.localName);
      continue;
    }
    for (const node of element.childNodes) {
      if (!(node instanceof Text) || !/[\p{L}\p{N}]/u.test(node.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      add(element, range.getBoundingClientRect(), node.data);
    }
  }

  const root = document.documentElement;
  const DRAWN = "img,input,button,select,textarea,svg,svg *,canvas,video,iframe,object,hr";
  /** @type {Map<Element | null, boolean>} */
  const seeThrough = new Map([[root, true], [document.body, true], [null, false]]);
  // Whether the document's canvas is seen through an element.
  /** @param {Element | null} element @returns {boolean} */
  const showsCanvas = (element) => {
    let shows = seeThrough.get(element);
    if (shows === undefined) {
      const style = getComputedStyle(/** @type {Element} */ (element));
      shows = !element?.matches(DRAWN) && isClear(style.backgroundColor) &&
        style.backgroundImage === "none" && showsCanvas(element?.parentElement ?? null);
      seeThrough.set(element, shows);
    }
    return shows;
  };
  const blank = [];
  for (let x = LEAST_SIDE; x < innerWidth - LEAST_SIDE; x += STEP) {
    for (let y = LEAST_SIDE; y < innerHeight - LEAST_SIDE; y += STEP) {
      if (showsCanvas(document.elementFromPoint(x, y))) blank.push([x, y]);
    }
  }
  return JSON.stringify({
    texts,
    blank: blank.slice(0, MOST_POINTS),
    background: [root, document.body].filter(Boolean).map((ground) => getComputedStyle(ground))
      .some((style) => !isClear(style.backgroundColor) || style.backgroundImage !== "none"),
  });
});
