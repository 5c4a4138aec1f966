/** The method "card": its fields, formatted while typing, judged on leaving. */

import {
  CARD_FIELDS,
  type CardErrors,
  type CardField,
  type CardInput,
  checkCard,
  digitsOf,
  readCard,
  typeExpiry,
  typeNumber,
} from "../card.ts";
import { byId } from "../view/dom.ts";
import type { Language, Method } from "../view/method.ts";

/** What must not stay on the page once the payment is made; the code not even after a decline. */
const CARD_DATA = ["number", "expiry", "cvc"] as const;
const CODE = ["cvc"] as const;

/** Milliseconds in which a click is over. */
const CLICK = 200;

export default function card({ t }: Language): Method {
  const inputs = Object.fromEntries(
    CARD_FIELDS.map((name) => [name, byId(`card-${name}`, HTMLInputElement)]),
  ) as Record<CardField, HTMLInputElement>;
  const brand = byId("card-brand");
  const typed = (): CardInput =>
    Object.fromEntries(CARD_FIELDS.map((name) => [name, inputs[name].value])) as CardInput;

  inputs.number.addEventListener("input", () => {
    const number = typeNumber(inputs.number.value);
    keepCaret(inputs.number, number.text);
    brand.textContent = number.brand ?? "";
    inputs.cvc.maxLength = number.cvcLength;
    inputs.cvc.placeholder = t(number.cvcLength === 4 ? "cvc_hint_4" : "cvc_hint");
  });
  let expiry = "";
  inputs.expiry.addEventListener("input", () => {
    expiry = inputs.expiry.value = typeExpiry(inputs.expiry.value, expiry);
  });
  inputs.cvc.addEventListener("input", () => keepCaret(inputs.cvc, digitsOf(inputs.cvc.value)));

  for (const name of CARD_FIELDS) {
    const input = inputs[name];
    // A field is judged once the buyer has left it with something in it, and then as long as it
    // is wrong. Not at once: the message would push what a click is just meant for from under it.
    input.addEventListener("blur", () => {
      setTimeout(() => input.value.trim() && show(name, checkCard(typed())), CLICK);
    });
    input.addEventListener("input", () => {
      if (input.ariaInvalid === "true") show(name, checkCard(typed()));
    });
  }

  function show(name: CardField, errors: CardErrors): void {
    const key = errors[name];
    const message = byId(`card-${name}-error`);
    inputs[name].ariaInvalid = key ? "true" : null;
    message.hidden = !key;
    message.textContent = key ? t(key) : "";
  }

  return {
    element: byId("method-card"),
    read() {
      const errors = checkCard(typed());
      for (const name of CARD_FIELDS) show(name, errors);
      const wrong = CARD_FIELDS.find((name) => errors[name]);
      if (wrong) inputs[wrong].focus();
      return wrong ? undefined : readCard(typed());
    },
    lock(locked) {
      for (const name of CARD_FIELDS) inputs[name].readOnly = locked;
    },
    clear(all) {
      for (const name of all ? CARD_DATA : CODE) inputs[name].value = "";
      if (all) brand.textContent = expiry = "";
    },
  };
}

/** Sets a value that was typed into, with the caret behind the digit that it stood behind. */
function keepCaret(input: HTMLInputElement, value: string): void {
  const before = digitsOf(input.value.slice(0, input.selectionStart ?? undefined)).length;
  if (value === input.value) return;
  input.value = value;
  let caret = 0;
  for (let digits = 0; digits < before && caret < value.length; caret++) {
    if (value[caret] !== " ") digits++;
  }
  input.setSelectionRange(caret, caret);
}
