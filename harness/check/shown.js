// @ts-check
// The frame as the shop's page shows it, while it is measured and its picture is taken.
(() => {
  const HELD = "data-payframe-held";

  /** @param {string} selector */
  const find = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector));

  /** The colour around the frame: red, green, blue and alpha, 0 to 255. @param {Element} frame */
  const surroundings = (frame) => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) throw new Error("no canvas");
    const layers = [];
    for (let outer = frame.parentElement; outer; outer = outer.parentElement) {
      layers.unshift(getComputedStyle(outer).backgroundColor);
    }
    for (const color of ["#fff", ...layers]) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };

  /** Fixes the frame's height; null where there is no frame to be seen. @param {string} selector */
  const hold = (selector) => {
    const frame = find(selector);
    const { width, height } = frame?.getBoundingClientRect() ?? new DOMRect();
    if (!frame || !width || !height) return null;
    const style = document.createElement("style");
    style.setAttribute(HELD, "");
    style.textContent = `${selector} { height: ${height}px !important }`;
    document.head.append(style);
    return { size: [width, height], surroundings: surroundings(frame) };
  };

  /** Scrolls to the frame, and says where it is now, in whole CSS px. @param {string} selector */
  const place = (selector) => {
    const frame = find(selector);
    frame?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const { left, top, right, bottom } = frame?.getBoundingClientRect() ?? new DOMRect();
    const [x, y] = [Math.floor(left), Math.floor(top)];
    return { x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y };
  };

  const release = () => document.querySelector(`style[${HELD}]`)?.remove();

  return { hold, place, release };
})();
