/** The page's size, posted to the seller whenever it changes. */

import type { Size } from "./seller.ts";

/** Milliseconds that a width must last before it is sent. */
const SETTLED = 500;
/** Changes in a row that the frame's own height may bring about. */
const DRIVEN = 3;
/**
 * Animation frames at the same width after which a height counts: that of the change, in which the
 * first callback still comes, and two more.
 */
const STILL = 3;

/**
 * Reports the size of `content`, never of the viewport, so that it cannot feed on itself: once a
 * change, and not at all where nothing changed.
 *
 * While the frame's width changes no height is right for long: the shop's column may be animated, a
 * phone turned, or the frame made narrow for one moment of a screenshot. A change of the content
 * alone is reported at once.
 *
 * A width, once sent, fixes the frame's for good. It is sent only where `mode` asks for it or the
 * content cannot be any narrower, and not while the seller's page is still being laid out and the
 * frame is narrow for a moment.
 */
export function reportSize(
  content: HTMLElement,
  mode: "height" | "both",
  post: (size: Size) => void,
): void {
  let last: Size = { height: 0 };
  let settling: ReturnType<typeof setTimeout> | undefined;
  let viewport = innerHeight;
  let driven = 0;

  const contentHeight = () => Math.ceil(content.getBoundingClientRect().height);

  let width = innerWidth;
  let still = STILL;

  function report(): void {
    send();
    // Measured only then: a frame in a process of its own hears late of the width that it has.
    settling = setTimeout(() => {
      const { scrollWidth, clientWidth } = content;
      if (innerWidth === width && (mode === "both" || scrollWidth > clientWidth)) send(scrollWidth);
    }, SETTLED);
  }

  function changed(): void {
    if (still < STILL) return;
    clearTimeout(settling);
    if (innerWidth === width) return report();
    still = 0;
    requestAnimationFrame(settle);
  }

  /** Counts the animation frames for which the width has been the same, and then reports. */
  function settle(): void {
    still = innerWidth === width ? still + 1 : 1;
    width = innerWidth;
    if (still < STILL) requestAnimationFrame(settle);
    else report();
  }

  function send(fixed = last.width): void {
    const height = contentHeight();
    if (height === 0 || (height === last.height && fixed === last.width)) return;
    // Chromium gives a frame no width at all for one moment of a full-page screenshot.
    if (innerWidth === 0) return;
    last = fixed === undefined ? { height } : { height, width: fixed };
    // A style of one's own may make the content higher than any frame: it would grow for ever.
    driven = innerHeight === viewport ? 0 : driven + 1;
    viewport = innerHeight;
    if (driven <= DRIVEN) post(last);
  }

  addEventListener("resize", () => {
    changed();
    if (contentHeight() === last.height) viewport = innerHeight;
  });
  new ResizeObserver(changed).observe(content, { box: "border-box" });
  // At once: the observer waits for the first frame, and the shop's page needs one more after that.
  report();
}
