/** The seller's page around the frame: the only module that talks to it. */

import { isAllowedSeller } from "./origin.ts";

export interface Size {
  /** CSS px, whole. */
  readonly height: number;
  readonly width?: number;
}

export interface SellerListener {
  /** A message from the page around; true if it was a valid handshake. */
  message(data: unknown, origin: string): boolean;
  /** A message from a page that is not allowed to show this one. */
  refused(origin: string): void;
}

export interface Seller {
  readonly isFrame: boolean;
  listen(listener: SellerListener): void;
  postSize(size: Size): void;
  /** Takes the whole window to a bank, or back to the shop. */
  goTo(url: string): void;
}

/**
 * `listen` must be called in the script's first run, so that no message is missed. The first valid
 * handshake fixes the seller's origin; what comes from another origin or another window after that
 * changes nothing.
 */
export function connectSeller(allowed: readonly string[]): Seller {
  const isFrame = parent !== window;
  let origin: string | undefined;
  let posted: Size | undefined;

  function postSize(size: Size): void {
    posted = size;
    // Until the seller is known a size goes to anybody: it says nothing else.
    if (isFrame) parent.postMessage(size, origin ?? "*");
  }

  return {
    isFrame,
    listen(listener) {
      addEventListener("message", (event) => {
        if (event.source !== parent || !isFrame) return;
        if (origin !== undefined && event.origin !== origin) return;
        if (!isAllowedSeller(event.origin, allowed)) return listener.refused(event.origin);
        if (!listener.message(event.data, event.origin)) return;
        origin = event.origin;
        // The shop's page listens from its DOM ready on and has missed what came before.
        if (posted) postSize(posted);
      });
    },
    postSize,
    goTo(url) {
      top!.location.href = url;
    },
  };
}
