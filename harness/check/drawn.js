// @ts-check
// Waits until the frame's document has been drawn, and lets it tell which long tasks there were.
// One that is out of sight is never drawn.
(async () => {
  const LONGEST = 200; // milliseconds
  await new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, LONGEST);
  });
  /** @type {any} */ (globalThis).payframeTellTasks?.();
});
