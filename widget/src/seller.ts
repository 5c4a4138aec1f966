/** The seller's page around the frame: the only module that talks to it. */

import { isAllowedSeller, safeReturnUrl } from "./origin.ts";

export interface Size {
  /** CSS px, whole. */
  readonly height: number;
  readonly width?: number;
}

export interface Listener {
  /** A message from the page around; true if it was a valid handshake. */
  message(data: unknown): boolean;
  /** A message from a page that is not allowed to show this one. */
  stranger(origin: string): void;
}

export interface Seller {
  readonly isFrame: boolean;
  /** RETURN_URL if it may be followed. */
  returnUrl(url: string): string | undefined;
  postSize(size: Size): void;
  /** Leave the shop's page, for a bank or back to the shop. */
  go(url: string): void;
}

/**
 * Listens at once, so that no message is missed. The first valid handshake fixes the seller's
 * origin; what comes from another origin or another window after that changes nothing.
 */
export function listenToSeller(allowed: readonly string[], listener: Listener): Seller {
  let origin: string | undefined;
  let told: Size | undefined;

  function postSize(size: Size): void {
    told = size;
    // Until the seller is known a size goes to anybody: it says nothing else.
    if (parent !== window) parent.postMessage(size, origin ?? "*");
  }

  addEventListener("message", (event) => {
    if (event.source !== parent || parent === window) return;
    if (origin !== undefined && event.origin !== origin) return;
    if (!isAllowedSeller(event.origin, allowed)) return listener.stranger(event.origin);
    if (!listener.message(event.data)) return;
    origin = event.origin;
    // The shop's page listens from its DOM ready on: what came before that it has not heard.
    if (told) postSize(told);
  });
  return {
    isFrame: parent !== window,
    returnUrl: (url) => origin && safeReturnUrl(url, origin),
    postSize,
    go(url) {
      top!.location.href = url;
    },
  };
}
