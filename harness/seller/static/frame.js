// The platform's side of IFrame mode, as observed: the frame gets a message after every load,
// and may send back its width and height.

const byId = (id) => document.getElementById(id);

// Firefox and Safari post the names of the properties under numbers, and no value.
function styleOf(element) {
  const style = getComputedStyle(element);
  if (!("withoutValues" in element.dataset)) return style;
  return Object.fromEntries([...style].map((name, n) => [n, name]));
}

// Captured on the document: the frame may have loaded before the rest of this page has.
document.addEventListener("load", (event) => {
  if (event.target !== byId("rest-payment-frame")) return;
  const iframe = event.target;
  byId("rest-payment-loader").hidden = true;
  iframe.parentElement.removeAttribute("aria-busy");
  const data = JSON.parse(byId("rest-payment-data").textContent);
  const style = JSON.parse(JSON.stringify(styleOf(iframe.parentElement)));
  const message = { ...data, BX_COMPUTED_STYLE: style };
  iframe.contentWindow.postMessage(message, new URL(iframe.src).origin);
  document.dispatchEvent(new CustomEvent("posted", { detail: message }));
}, true);

// Neither port nor scheme nor the sender's window is compared, and null as data throws: so it
// does on the platform.
document.addEventListener("DOMContentLoaded", () => {
  const iframe = byId("rest-payment-frame");
  const { hostname } = new URL(iframe.src);
  addEventListener("message", ({ origin, data }) => {
    if (URL.parse(origin)?.hostname !== hostname) return;
    if (parseInt(data.width) > 0) iframe.style.width = `${data.width}px`;
    if (parseInt(data.height) > 0) iframe.style.height = `${data.height}px`;
  });
});
