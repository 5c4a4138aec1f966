// @ts-check
// What a buyer can open in the frame's document without paying: for opening.py.
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const NAMED = 40; // characters of its name
  const TOLERANCE = 4; // CSS px: a font's box is a little higher than its letters
  const LEAST_SIDE = 2; // CSS px: what is smaller is there for screen readers only
  const LONGEST_ANIMATION = 2000; // milliseconds
  // HTML's own: choosing one of these opens or changes something, and nothing else.
  const CHOICES = "summary,select,input[type=radio]";
  const DISCLOSURES = "[aria-expanded=false],[role=tab],[role=radio],[popovertarget]," +
    "[aria-haspopup]:not([aria-haspopup=false],[aria-expanded=true])";
  const FIELDS = "input:not([type=hidden]),select,textarea";

  /** @typedef {"seen" | "cut" | "out"} Reach whether it is cut off at an edge, or out of sight */
  /** @typedef {{ reach: Reach, isFixed: boolean, top: number, bottom: number }} Place */

  /** How a name that may pay is recognised. */
  let paying = /(?!)/;
  /** @type {Set<string>} */
  const pressed = new Set();
  /** @type {HTMLElement | null} */
  let opener = null;
  /** What was there before the opener was pressed, by its text. @type {Map<string, Reach>} */
  let before = new Map();

  /** @param {Element} element */
  const isRendered = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

  /** An element, or a label where a style has replaced it. @param {HTMLElement} element */
  const shownPart = (element) =>
    [element, .../** @type {HTMLInputElement} */ (element).labels ?? []].find(isRendered);

  /** @param {Element} element */
  const nameOf = (element) => {
    const { value, labels, innerText } = /** @type {HTMLInputElement} */ (element);
    const isField = element.matches("select,[type=radio]");
    return [
      labels?.[0]?.innerText.replace(innerText, ""), // a list is in its label
      isField ? "" : innerText || value,
      element.getAttribute("aria-label"),
      element.getAttribute("title"),
      element.getAttribute("name"),
      element.id,
    ].filter(Boolean).map((part) => String(part).trim());
  };

  /** A button that sends a form, or whose name may mean a payment, is never pressed. */
  /** @param {Element} element */
  const mayPay = (element) => {
    if (element.matches("[type=submit],[type=image],[type=reset]")) return true;
    if (element instanceof HTMLButtonElement && element.form && element.type !== "button") {
      return true;
    }
    const address = element.getAttribute("href");
    return (address !== null && !address.startsWith("#")) || paying.test(nameOf(element).join(" "));
  };

  /** @param {HTMLElement} element */
  const canBeOpened = (element) => {
    if (!shownPart(element)) return false;
    if (element.matches(":disabled,[aria-disabled=true]") || element.closest("[inert]")) {
      return false;
    }
    if (element instanceof HTMLInputElement && element.type === "radio") return !element.checked;
    if (element instanceof HTMLSelectElement) return otherOption(element) !== undefined;
    if (element.matches("summary")) {
      return element.parentElement instanceof HTMLDetailsElement && !element.parentElement.open;
    }
    return !isChosen(element) && !mayPay(element) &&
      // A click goes to all that is around it, too.
      ![...around(element)].some((outer) => outer.matches("button,a,input") && mayPay(outer));
  };

  /** @param {Element} element */
  const isChosen = (element) => element.matches("[aria-selected=true],[aria-checked=true]");

  /** @param {HTMLSelectElement} select */
  const otherOption = (select) =>
    select.multiple
      ? undefined
      : [...select.options].find((option) =>
        !option.selected && !option.disabled && !option.parentElement?.matches(":disabled")
      );

  /** What is around an element, from the inside to the body. @param {Element} element */
  const around = function* (element) {
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      if (outer === document.body) return;
      yield outer;
    }
  };

  /** For screen readers only. @param {Element} element */
  const isHidden = (element) =>
    [element, ...around(element)].some((part) => {
      const style = getComputedStyle(part);
      return style.clip !== "auto" || style.clipPath !== "none" ||
        (style.overflow !== "visible" && style.display !== "inline" &&
          (part.clientWidth < LEAST_SIDE || part.clientHeight < LEAST_SIDE));
    });

  /**
   * Where a box of an element ends up in the frame, whatever is around it; null where it has been
   * put beside what is shown, as in a carousel.
   * @param {Element} element @param {DOMRect} box @returns {Place | null}
   */
  const place = (element, { top, bottom, left, right }) => {
    /** @type {Reach} */
    let reach = "seen";
    let isFixed = false;
    let isAbsolute = false; // nothing clips it until what it is positioned in
    for (const part of [element, ...around(element)]) {
      const style = getComputedStyle(part);
      if (!isAbsolute || style.position !== "static" || style.transform !== "none") {
        isAbsolute = false;
        const edge = part.getBoundingClientRect();
        if (style.display === "inline" || style.overflow === "visible") {
          // It clips nothing.
        } else if (/auto|scroll/.test(style.overflow)) ({ top, bottom, left, right } = edge);
        else {
          left = Math.max(left, edge.left);
          right = Math.min(right, edge.right);
          if (right <= left) return null;
          if (bottom <= edge.top + TOLERANCE || top >= edge.bottom - TOLERANCE) reach = "out";
          else if (style.webkitLineClamp !== "none") bottom = Math.min(bottom, edge.bottom);
          else if (top < edge.top - TOLERANCE || bottom > edge.bottom + TOLERANCE) reach = "cut";
          if (reach === "out") return { reach, isFixed, top, bottom };
        }
      }
      if (style.position === "absolute") isAbsolute = true;
      if (style.position === "fixed" || part.matches(":modal,:popover-open")) {
        isFixed = true;
        break;
      }
    }
    const [x, y] = isFixed ? [0, 0] : [scrollX, scrollY];
    if (bottom + y <= 0 || right + x <= 0 || (isFixed && top >= innerHeight)) reach = "out";
    else if (
      top + y < -TOLERANCE || left + x < -TOLERANCE || right + x > innerWidth + TOLERANCE ||
      bottom + y > innerHeight + TOLERANCE
    ) reach = "cut";
    return { reach, isFixed, top, bottom };
  };

  /** All texts and fields that are shown, by what they say. */
  const read = () => {
    /** @type {Map<string, Place & { element: Element }>} */
    const found = new Map();
    /** @param {string} text @param {Element} element @param {DOMRect} box */
    const add = (text, element, box) => {
      if (box.width < LEAST_SIDE || box.height < LEAST_SIDE || isHidden(element)) return;
      const where = place(element, box);
      if (where && found.get(text)?.reach !== "cut") found.set(text, { ...where, element });
    };
    for (const element of document.body?.querySelectorAll("*") ?? []) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.matches("script,style,noscript,option,svg *")) continue;
      if (element.matches(FIELDS)) {
        const key = [element.localName, ...nameOf(element)].join(" ");
        add(key, element, element.getBoundingClientRect());
      }
      for (const node of element.childNodes) {
        if (!(node instanceof Text) || !node.data.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        add(node.data.trim(), element, range.getBoundingClientRect());
      }
    }
    return found;
  };

  /** Nothing is sent from now on. @param {string} words those of a payment */
  const start = (words) => {
    paying = new RegExp(words, "iu");
    addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
    HTMLFormElement.prototype.submit = () => {};
  };

  /** The name and HTML of the first thing that can be opened and has not been; null for none. */
  const next = () => {
    /** @type {Map<string, number>} */
    const alike = new Map();
    const found = document.querySelectorAll(`${CHOICES},${DISCLOSURES}`);
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (found)) {
      // A page may have made its elements anew since the last press.
      const name = [element.localName, ...nameOf(element)].join(" ") +
        (element.matches("[type=radio]") ? element.getAttribute("value") : "");
      const number = (alike.get(name) ?? 0) + 1;
      alike.set(name, number);
      const key = `${name} ${number}`;
      if (pressed.has(key) || !canBeOpened(element)) continue;
      pressed.add(key);
      opener = element;
      const said = nameOf(element)[0]?.replace(/\s+/g, " ").slice(0, NAMED);
      return { name: said || element.localName, html: element.outerHTML.slice(0, QUOTED) };
    }
    return null;
  };

  /** Presses what `next` has found, as a mouse does; of a list another option is chosen. */
  const press = () => {
    if (!opener) return;
    shownPart(opener)?.scrollIntoView({ block: "nearest", behavior: "instant" });
    before = new Map([...read()].map(([text, { reach }]) => [text, reach]));
    if (opener instanceof HTMLSelectElement) {
      const option = otherOption(opener);
      if (option) option.selected = true;
      for (const type of ["input", "change"]) {
        opener.dispatchEvent(new Event(type, { bubbles: true }));
      }
      return;
    }
    const { left, top, width, height } = opener.getBoundingClientRect();
    const how = {
      bubbles: true,
      cancelable: true,
      composed: true,
      clientX: left + width / 2,
      clientY: top + height / 2,
    };
    const pointer = { ...how, pointerType: "mouse", isPrimary: true };
    opener.dispatchEvent(new PointerEvent("pointerdown", pointer));
    if (opener.dispatchEvent(new MouseEvent("mousedown", how))) {
      opener.focus({ preventScroll: true });
    }
    opener.dispatchEvent(new PointerEvent("pointerup", pointer));
    opener.dispatchEvent(new MouseEvent("mouseup", how));
    opener.click();
  };

  /** Waits for animations that come to an end; whether there were any. */
  const rest = async () => {
    const ending = document.getAnimations().filter(({ playState, effect }) =>
      playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime)
    );
    await Promise.race([
      Promise.allSettled(ending.map(({ finished }) => finished)),
      new Promise((done) => setTimeout(done, LONGEST_ANIMATION)),
    ]);
    return ending.length > 0;
  };

  /**
   * What has come: the HTML of what is cut off, and the top and bottom of what is fixed in the frame,
   * in CSS px.
   */
  const outcome = () => {
    const now = [...read()];
    const cut = now.filter(([text, { reach }]) => {
      const was = before.get(text);
      return (reach === "cut" && was !== "cut") || (reach === "out" && was === undefined);
    });
    const fixed = now.filter(([text, { isFixed }]) => isFixed && !before.has(text));
    return {
      cut: cut.map(([, { element }]) => element.outerHTML.slice(0, QUOTED)),
      dialog: fixed.length
        ? [
          Math.min(...fixed.map(([, { top }]) => top)),
          Math.max(...fixed.map(([, { bottom }]) => bottom)),
        ]
        : null,
    };
  };

  /** Whether Escape may close what is open: the choices of HTML stay as they are. */
  const staysOpen = () => !opener?.matches(`${CHOICES},[role=tab],[role=radio]`);

  return { start, next, press, rest, outcome, staysOpen };
})();
