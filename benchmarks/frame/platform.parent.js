// What harness/seller/static/frame.js does, for any number of frames: with more than one, the
// sender tells whose size it is.
document.addEventListener("load", ({ target }) => {
  if (target.tagName !== "IFRAME") return;
  const number = [...document.querySelectorAll("iframe")].indexOf(target);
  const style = JSON.parse(JSON.stringify(getComputedStyle(target.parentElement)));
  target.contentWindow.postMessage(
    { ...window.payments[number], BX_COMPUTED_STYLE: style },
    new URL(target.src).origin,
  );
}, true);

document.addEventListener("DOMContentLoaded", () => {
  const frames = [...document.querySelectorAll("iframe")];
  const { hostname } = new URL(frames[0].src);
  addEventListener("message", ({ origin, data, source }) => {
    if (URL.parse(origin)?.hostname !== hostname) return;
    const iframe = frames.find((each) => each.contentWindow === source);
    if (parseInt(data.width) > 0) iframe.style.width = `${data.width}px`;
    if (parseInt(data.height) > 0) iframe.style.height = `${data.height}px`;
  });
});
