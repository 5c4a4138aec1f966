// The texts of the document in the frame as they are drawn, and where nothing lies on its canvas.
// Waits for transitions and animations that come to an end: half-way nothing has its colour yet.
(async () => {
  const ending = document.getAnimations().filter((each) =>
    each.playState === "running" && Number.isFinite(each.effect?.getComputedTiming().endTime)
  );
  await Promise.race([
    Promise.allSettled(ending.map((each) => each.finished)),
    new Promise((done) => setTimeout(done, 2000)),
  ]);

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  // Any CSS colour as [red, green, blue, alpha], 0 to 255.
  const rgba = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const chain = (element) => {
    const all = [];
    for (let each = element; each; each = each.parentElement) all.push(each);
    return all;
  };
  // For screen readers only: a box of no size, or clipped to nothing.
  const hidden = (element) =>
    chain(element).some((each) => {
      const style = getComputedStyle(each);
      return style.clip !== "auto" || style.clipPath !== "none" ||
        (style.overflow !== "visible" && (each.clientWidth < 2 || each.clientHeight < 2) &&
          style.display !== "inline");
    });
  const covered = (element, box) => {
    if (getComputedStyle(element).pointerEvents === "none") return false;
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    return hit !== null && !hit.contains(element) && !element.contains(hit);
  };
  const scrolls = (element) =>
    chain(element).some((each) =>
      each !== document.body && each !== document.documentElement &&
      /auto|scroll/.test(getComputedStyle(each).overflowX)
    );

  const texts = [];
  const add = (element, box, text) => {
    if (box.width < 2 || box.height < 2 || hidden(element)) return;
    const style = getComputedStyle(element);
    texts.push({
      text: text.trim().replace(/\s+/g, " ").slice(0, 80),
      html: element.outerHTML.slice(0, 300),
      size: parseFloat(style.fontSize),
      color: rgba(style.webkitTextFillColor),
      opacity: chain(element).reduce((all, each) => all * getComputedStyle(each).opacity, 1),
      box: [box.left, box.top, box.right, box.bottom],
      plain: !chain(element).some((each) =>
        getComputedStyle(each).backgroundClip.includes("text") ||
        getComputedStyle(each).mixBlendMode !== "normal"
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
      add(element, element.getBoundingClientRect(), element.value || element.localName);
      continue;
    }
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !/[\p{L}\p{N}]/u.test(node.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      add(element, range.getBoundingClientRect(), node.data);
    }
  }

  const root = document.documentElement;
  const grounds = [root, document.body].filter(Boolean).map((each) => getComputedStyle(each));
  const drawn = "img,input,button,select,textarea,svg,svg *,canvas,video,iframe,object,hr";
  const seeThrough = new Map([[root, true], [document.body, true], [null, false]]);
  const clear = (element) => {
    if (!seeThrough.has(element)) {
      const style = getComputedStyle(element);
      seeThrough.set(
        element,
        !element.matches(drawn) && rgba(style.backgroundColor)[3] === 0 &&
          style.backgroundImage === "none" && clear(element.parentElement),
      );
    }
    return seeThrough.get(element);
  };
  const blank = [];
  for (let x = 2; x < innerWidth - 2; x += 16) {
    for (let y = 2; y < innerHeight - 2; y += 16) {
      if (clear(document.elementFromPoint(x, y))) blank.push([x, y]);
    }
  }
  return {
    texts,
    blank: blank.slice(0, 500),
    background: grounds.some((each) =>
      rgba(each.backgroundColor)[3] > 0 || each.backgroundImage !== "none"
    ),
  };
});
