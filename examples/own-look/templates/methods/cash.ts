/**
 * The method "cash": the buyer pays at the counter, and leaves a phone number. Its fields are in
 * cash.html, what it says is in locales/en.json.
 */

import { byId } from "payframe/view/dom.ts";
import type { Method } from "payframe/view/method.ts";

export default function cash(): Method {
  const phone = byId("cash-phone", HTMLInputElement);
  return {
    element: byId("method-cash"),
    button: "pay_cash",
    /** The gateway gets this as the attempt's `data`. */
    read() {
      const missing = !phone.value.trim();
      byId("cash-phone-error").hidden = !missing;
      phone.ariaInvalid = missing ? "true" : null;
      if (missing) phone.focus();
      return missing ? undefined : { phone: phone.value.trim() };
    },
    lock(locked) {
      phone.readOnly = locked;
    },
  };
}
