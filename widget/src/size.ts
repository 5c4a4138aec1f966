/** The page's size, told to the seller whenever it changes. */

import type { Size } from "./seller.ts";

/**
 * Reports the size of `content`, never of the viewport, so that it cannot feed on itself: once a
 * change, and not at all where nothing changed. A width, once sent, fixes the frame's; it is sent
 * only where `mode` asks for it or the content cannot be any narrower.
 */
export function reportSize(
  content: HTMLElement,
  mode: "height" | "both",
  post: (size: Size) => void,
): void {
  let last: Size = { height: 0 };
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    const needed = content.scrollWidth;
    const width = mode === "both" || needed > content.clientWidth ? needed : undefined;
    if (height === 0 || (height === last.height && width === last.width)) return;
    last = width === undefined ? { height } : { height, width };
    post(last);
  }).observe(content, { box: "border-box" });
}
