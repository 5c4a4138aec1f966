// @ts-check
// Waits until the frame's document has been drawn. One that is out of sight is never drawn.
(() =>
  new Promise((done) => {
    const LONGEST = 200; // milliseconds
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, LONGEST);
  }));
