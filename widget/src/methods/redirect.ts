/** The method "redirect", and the action: the buyer confirms on a page of the bank's. */

import { hasTexts } from "../guards.ts";
import { safeActionUrl } from "../origin.ts";
import type { Method } from "../view/method.ts";

export default function redirect(): Method {
  return {
    returnsTo: "shop",
    action(action) {
      const url = hasTexts(action, "url") && safeActionUrl(action.url);
      const { target } = action;
      return url && (target === "frame" || target === "top") ? { url, target } : undefined;
    },
  };
}
