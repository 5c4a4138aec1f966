/** The method "redirect": the buyer confirms on a page of the bank's. */

import { byId } from "./dom.ts";
import type { MethodView } from "./method.ts";

export function redirectView(): MethodView {
  return {
    element: byId("method-redirect", HTMLElement),
    read: () => ({}),
    lock() {},
    clear() {},
    returnsTo: "shop",
  };
}
