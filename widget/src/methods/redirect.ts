/** The method "redirect": the buyer confirms on a page of the bank's. */

import type { Method } from "../view/method.ts";

export default function redirect(): Method {
  return { returnsTo: "shop" };
}
