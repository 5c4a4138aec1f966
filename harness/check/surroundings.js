// @ts-check
// The colour of the shop's page around the frame: red, green, blue and alpha, 0 to 255.
((/** @type {Element} */ frame) => {
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
});
