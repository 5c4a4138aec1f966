// @ts-check
// What the frame's document makes of the message's values: for the scene "other_values".
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const FIELDS = "input,textarea,select";
  const LEAST_CODE = 90; // CSS px, the side of the smallest QR code that a phone reads from a screen
  const BUTTONS = "[type=button],[type=submit],[type=reset],[type=image]";

  /** The address and the HTML of the elements that hold one of some values. */
  /** @param {string[]} values */
  const holding = (values) => {
    /** @param {string} text */
    const holds = (text) => values.some((value) => text.includes(value));
    const found = holds(decodeURIComponent(location.href)) ? [location.href] : [];
    for (const element of document.querySelectorAll("*")) {
      const texts = [
        ...[...element.attributes].map(({ value }) => value),
        ...[...element.childNodes].map((node) => node instanceof Text ? node.data : ""),
        element.matches(FIELDS) ? /** @type {HTMLInputElement} */ (element).value : "",
      ];
      if (texts.some(holds)) found.push(element.outerHTML.slice(0, QUOTED));
    }
    return found;
  };

  /** What the buyer can write into or choose from. */
  const fields = () =>
    [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(FIELDS))]
      .filter((field) => field.checkVisibility() && !field.disabled && !field.readOnly)
      .filter((field) => !field.matches(BUTTONS))
      .map((field) => field.outerHTML.slice(0, QUOTED));

  /** @param {Element} element */
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getClientRects().length > 0;

  /** Square, and drawn by a script or called a code by something. @param {Element} element */
  const isCode = (element) => {
    const { width, height } = element.getBoundingClientRect();
    if (width < LEAST_CODE || Math.abs(width - height) > width / 20) return false;
    const called = element.outerHTML.slice(0, QUOTED) + (document.body?.innerText ?? "");
    return element.matches("canvas") || /\bqr|scan|скан|二维码|スキャン/i.test(called);
  };

  /** A link to an app of a bank or of payments, or one that is called so. */
  /** @param {HTMLAnchorElement} link */
  const leadsToBank = (link) =>
    !/^(https?|mailto|tel|sms|javascript|about|blob|data):/.test(link.protocol) ||
    /\bbank|банк|银行|銀行/i.test(link.innerText);

  /**
   * What the buyer can pay with besides fields: a QR code, a link to a bank, or a button or a link
   * whose name means a payment.
   * @param {string} words those of a payment, as a regular expression
   */
  const ways = (words) => {
    const paying = new RegExp(words, "iu");
    /** @param {HTMLElement} element */
    const pays = (element) =>
      !element.matches(":disabled") &&
      paying.test(element.innerText || /** @type {HTMLInputElement} */ (element).value || "");
    /** @param {string} selector */
    const all = (selector) =>
      /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]).filter(isShown);
    return [
      ...all("canvas,img,svg").filter(isCode),
      ...all("a[href]").filter((link) =>
        pays(link) || leadsToBank(/** @type {HTMLAnchorElement} */ (link))
      ),
      ...all("button,[role=button],input[type=button],input[type=submit]").filter(pays),
    ].map((element) => element.outerHTML.slice(0, QUOTED));
  };

  return { holding, fields, ways };
})();
