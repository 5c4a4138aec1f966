// @ts-check
// What leads back to the shop in the frame's document.
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const LEADING = ["href", "xlink:href", "action", "formaction", "src", "onclick"];
  const BUTTONS = "button,input[type=button],[role=button],[onclick]";
  const NAMED_BACK = /\b(back|return|zurück)\b|вернуться|назад/i;

  /** What leads to a URL. */
  /** @param {string} url */
  const following = (url) =>
    [...document.querySelectorAll("*")]
      .filter((element) => LEADING.some((name) => element.getAttribute(name)?.includes(url)))
      .map((element) => element.outerHTML.slice(0, QUOTED));

  /** Clicks the first button that is named as a way back, if there is one. */
  const pressBack = () => {
    const buttons = /** @type {NodeListOf<HTMLInputElement>} */ (
      document.querySelectorAll(BUTTONS)
    );
    [...buttons]
      .find((button) =>
        button.checkVisibility() && NAMED_BACK.test(button.innerText || button.value)
      )
      ?.click();
  };

  return { following, pressBack };
})();
