/**
 * What every way to pay has in common. A method is a module of widget/src/methods, or of a folder
 * of one's own, whose default export is a CreateMethod; payframe.toml names it.
 */

import type { NewAttempt } from "../gateway.ts";
import type { Say } from "../locale.ts";
import type { Action } from "../payment.ts";

export type CreateMethod = (words: Words) => Method;

/** The language of the page, as it is when asked. */
export interface Words {
  readonly t: Say;
  locale(): string;
}

export interface Method {
  /** What the buyer fills in; without it, a line with the text `<type>_note`. */
  readonly element?: HTMLElement;
  /** The key of what the button says; by default "pay". */
  readonly button?: string;
  /** Where a confirmation elsewhere comes back to; by default this page in the frame. */
  readonly returnsTo?: "shop";
  /** What the buyer entered; undefined where it cannot be right, which the view then shows. */
  read?(): Partial<NewAttempt> | undefined;
  lock?(locked: boolean): void;
  /** Forget what must not stay on a screen once the gateway has it. */
  clear?(): void;
  /** Shows what the buyer has to do for an action of this type; undefined if it makes no sense. */
  action?(action: Action): HTMLElement | undefined;
}
