// @ts-check
// Content that comes and goes in the frame's document: for the scene "changing_height".
(() => {
  const FRAMES = 3; // animation frames after which a page may take a width for one that stays
  const LONGEST = 80; // milliseconds after which it may, too

  const block = document.createElement("div");
  block.textContent = "More";

  /** Puts content of a height in CSS px where a page would show one more message. */
  /** @param {number} height */
  const grow = (height) => {
    block.style.cssText = `display: block; height: ${height}px; border: 1px solid`;
    (document.querySelector("main, [role=main], form") ?? document.body).append(block);
  };
  const shrink = () => block.remove();

  /** The widths that the frame has had, and since when. */
  /** @type {{ width: number, since: number, frames: number }[]} */
  let widths = [];
  let next = 0;
  const watchWidths = () => {
    widths = [];
    watch();
  };
  const watch = () => {
    const last = widths.at(-1);
    if (last?.width === innerWidth) last.frames++;
    else widths.push({ width: innerWidth, since: performance.now(), frames: 1 });
    next = requestAnimationFrame(watch);
  };

  /** Whether the width has changed since then, and none between the first and the last has lasted. */
  const widthHasPassed = () => {
    cancelAnimationFrame(next); // else a second try would count each frame twice
    const passing = widths.slice(1, -1);
    return passing.length > 0 &&
      passing.every(({ since, frames }, n) =>
        frames < FRAMES && (widths[n + 2]?.since ?? 0) - since < LONGEST
      );
  };

  return { grow, shrink, watchWidths, widthHasPassed };
})();
