// @ts-check
// Content that comes and goes in the frame's document: for the scene "changing_height".
(() => {
  const block = document.createElement("div");
  block.textContent = "More";

  /** Puts content of a height in CSS px where a page would show one more message. */
  /** @param {number} height */
  const grow = (height) => {
    block.style.cssText = `display: block; height: ${height}px; border: 1px solid`;
    (document.querySelector("main, [role=main], form") ?? document.body).append(block);
  };
  const shrink = () => block.remove();

  return { grow, shrink };
})();
