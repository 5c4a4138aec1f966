// Checkout mode: one submit at a time. The inspection: copying.

// A handler names the form's fields, and a field named "elements" hides form.elements: so the
// form itself is not asked for anything.
const ofCheckout = (selector) => document.querySelector(`#rest-checkout-form${selector}`);
let sending = false;

function setSending(now) {
  sending = now;
  const button = ofCheckout(" > input[type=submit]");
  if (button) button.disabled = now;
}

document.addEventListener("submit", (event) => {
  if (event.target !== ofCheckout("")) return;
  if (sending) event.preventDefault();
  else setSending(true);
});

// The page may come back as it was left, from the browser's memory.
addEventListener("pageshow", () => setSending(false));

document.addEventListener("click", async ({ target }) => {
  if (!(target instanceof Element) || !target.matches(".copy")) return;
  let copied = target.parentElement;
  while (copied.tagName !== "PRE") copied = copied.nextElementSibling;
  await navigator.clipboard.writeText(copied.textContent);
  target.textContent = "Copied";
});
