// What the two samples on the vendor's page do, in other words: take the shop's colours from
// the message, and tell the size once the document is there.
addEventListener("DOMContentLoaded", () => {
  addEventListener("message", ({ data }) => {
    const style = data.BX_COMPUTED_STYLE;
    if (!style) return;
    document.body.style.background = style.background;
    document.body.style.color = style.color;
  });
});
addEventListener("DOMContentLoaded", () => {
  const { scrollWidth: width, scrollHeight: height } = document.body;
  parent.postMessage({ width, height }, "*");
});
