// Keeps the shop's page from posting its message, until window.payframeReleased is set.
document.addEventListener("load", (event) => {
  if (event.target.id !== "rest-payment-frame" || window.payframeReleased) return;
  event.stopImmediatePropagation();
  document.getElementById("rest-payment-loader").hidden = true;
}, true);
