// Keeps the shop's page from posting its message, until globalThis.payframeReleased is set.
document.addEventListener("load", (event) => {
  if (event.target.id !== "rest-payment-frame" || globalThis.payframeReleased) return;
  event.stopImmediatePropagation();
  document.getElementById("rest-payment-loader").hidden = true;
}, true);
