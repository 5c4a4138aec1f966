/** What every way to pay has in common. */

import type { NewAttempt } from "../gateway.ts";

export interface MethodView {
  readonly element: HTMLElement;
  /** What the buyer entered; undefined where it cannot be right, which the view then shows. */
  read(): Partial<NewAttempt> | undefined;
  lock(locked: boolean): void;
  clear(): void;
  /** Where a confirmation elsewhere comes back to: this page in the frame, or the shop's page. */
  readonly returnsTo: "frame" | "shop";
}
