// @ts-check
// What a buyer can press in the frame's document: for the scene "controls".
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const NAMED = 80; // characters of its name
  const AROUND = 3; // elements around it, of which one may show the focus: a radio in a styled label
  const GROUPS = "[role=radiogroup],[role=tablist],[role=menu],[role=menubar],[role=listbox]," +
    "[role=tree],[role=grid],[role=toolbar]";
  const CONTROLS = "a[href],button,input:not([type=hidden]),select,textarea,summary," +
    "[role=button],[role=link],[role=checkbox],[role=switch],[role=textbox]";

  /** @type {Map<Element, string>} */
  const unfocused = new Map();
  /** @type {Set<HTMLElement>} */
  const reached = new Set();
  /** @type {HTMLElement | null} */
  let blurred = null;
  /** @type {{ link: HTMLAnchorElement | HTMLAreaElement, isDownload: boolean }[]} */
  let links = [];

  /** @param {Element} element */
  const quote = (element) => element.outerHTML.slice(0, QUOTED);

  /** @param {Element} element @returns {HTMLLabelElement[]} */
  const labels = (element) => [.../** @type {HTMLInputElement} */ (element).labels ?? []];

  const active = () => /** @type {HTMLElement | null} */ (document.activeElement);

  /** How an element looks, with its labels and what is close around it. @param {Element} element */
  const look = (element) => {
    const shown = [element, ...labels(element)];
    let outer = element.parentElement;
    for (let n = 0; n < AROUND && outer; n++, outer = outer.parentElement) shown.push(outer);
    return shown.map((part) => {
      const style = getComputedStyle(part);
      return [
        style.outline,
        style.boxShadow,
        style.borderColor,
        style.backgroundColor,
        style.color,
      ].join();
    }).join();
  };

  /** Remembers how everything looks without the focus, and takes the focus away. */
  const start = () => {
    for (const element of document.querySelectorAll("*")) unfocused.set(element, look(element));
    active()?.blur?.();
  };

  /** The element with the focus, null where the focus is not in the document. */
  const focused = () => {
    const element = /** @type {HTMLInputElement | null} */ (active());
    if (!document.hasFocus() || !element || element === document.body) return null;
    reached.add(element);
    const label = labels(element)[0]?.innerText ?? element.getAttribute("aria-label") ??
      element.innerText ?? "";
    return {
      element: quote(element),
      name: [element.localName, element.id || element.name || element.type, label.trim()]
        .filter(Boolean).join(" ").slice(0, NAMED),
      visible: unfocused.get(element) !== look(element),
    };
  };

  /** One radio button of a group is reached with Tab, the others with arrow keys. */
  /** @param {Element} element */
  const isInReachedGroup = (element) =>
    element instanceof HTMLInputElement && element.type === "radio" &&
    [...reached].some((other) =>
      other instanceof HTMLInputElement && other.type === "radio" && other.name === element.name &&
      other.form === element.form
    );

  /** Whether it is, holds or is held by something reached, or is shown by it. */
  /** @param {Element} element */
  const belongsToReached = (element) =>
    [...reached].some((other) =>
      element.contains(other) || other.contains(element) ||
      (element.id && other.getAttribute("aria-controls") === element.id)
    );

  /** @param {Element} element */
  const canBePressed = (element) => {
    const handled = typeof /** @type {HTMLElement} */ (element).onclick === "function" &&
      !element.matches("label,body,html,form");
    return (element.matches(CONTROLS) || handled) &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.getClientRects().length > 0 &&
      !element.matches(":disabled,[aria-disabled=true]") &&
      !element.closest(`[inert],[aria-hidden=true],${GROUPS}`);
  };

  /** What a mouse can press and Tab has not reached. */
  const unreached = () =>
    [...document.querySelectorAll("*")]
      .filter((element) =>
        canBePressed(element) && !isInReachedGroup(element) && !belongsToReached(element)
      )
      .map(quote);

  /** What Tab goes around in, where so many presses have not led out of it. */
  /** @param {number} presses */
  const circle = (presses) => reached.size * 2 <= presses ? [...reached].map(quote) : [];

  const blur = () => {
    blurred = active();
    blurred?.blur();
  };
  const focus = () => blurred?.focus();

  /** The links to a new window and the downloads. */
  const findLinks = () => {
    const own = ["", "_self", "_parent", "_top", (document.defaultView?.name ?? "").toLowerCase()];
    for (const frame of document.querySelectorAll("iframe[name]")) {
      own.push(/** @type {HTMLIFrameElement} */ (frame).name.toLowerCase());
    }
    const base = /** @type {HTMLBaseElement | null} */ (document.querySelector("base[target]"));
    /** @param {HTMLAnchorElement | HTMLAreaElement} link */
    const opensWindow = (link) =>
      !own.includes((link.target || (base?.target ?? "")).toLowerCase());
    /** @param {HTMLAnchorElement | HTMLAreaElement} link */
    const isDownload = (link) =>
      link.hasAttribute("download") &&
      (link.origin === location.origin || /^(blob|data):/.test(link.href));
    const found = /** @type {NodeListOf<HTMLAnchorElement | HTMLAreaElement>} */ (
      document.querySelectorAll("a[href], area[href]")
    );
    links = [...found]
      .filter((link) => opensWindow(link) || isDownload(link))
      .map((link) => ({ link, isDownload: isDownload(link) }));
    return links.map(({ link }) => quote(link));
  };

  /**
   * Clicks the link of a number; whether it is a download that the page lets go on.
   *
   * Not every Chromium says that it has blocked a download, but it blocks each of these.
   * @param {number} number
   */
  const click = (number) => {
    const found = links[number];
    if (!found) return false;
    let goesOn = true;
    /** @param {Event} event */
    const note = (event) => {
      goesOn = !event.defaultPrevented;
    };
    addEventListener("click", note, { once: true });
    found.link.click();
    removeEventListener("click", note);
    return found.isDownload && goesOn;
  };

  return { start, focused, unreached, circle, blur, focus, findLinks, click };
})();
