/** The method "cash": the buyer pays at the counter. What it says is in locales/en.json. */

import type { Method } from "payframe/view/method.ts";

export default function cash(): Method {
  return { button: "pay_cash" };
}
