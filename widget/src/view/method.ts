/**
 * What every way to pay has in common. A method is a module of widget/src/methods, or of a folder
 * of one's own, whose default export is a CreateMethod; payframe.toml names it.
 */

import type { Translate } from "../locale.ts";
import type { Action, MethodSettings, Step } from "../payment.ts";

/** Members of the attempt's `data`, in the gateway's names. */
export type Data = Readonly<Record<string, unknown>>;

export type CreateMethod = (language: Language) => Method;

/** The language of the page, as it is at the time. */
export interface Language {
  readonly t: Translate;
  locale(): string;
}

export interface Method {
  /** What the buyer fills in; without it, a line with the text `<type>_note`. */
  readonly element?: HTMLElement;
  /** The key of what the button says; by default "pay". */
  readonly button?: string;
  /** Where a confirmation elsewhere comes back to; by default this page in the frame. */
  readonly returnsTo?: "shop";
  /** The gateway offers it, and says what it has to know. Called before `lock`. */
  offer?(settings: MethodSettings | undefined): void;
  /**
   * What the buyer entered, as the gateway gets it: the attempt's `data`. Undefined where it cannot
   * be right, which the method then shows. A promise is waited for while the page says that it is
   * paying; it is rejected with a RefusedError of the code NOT_SENT.
   */
  read?(): Data | Promise<Data> | undefined;
  /**
   * The form is shown, in the shop's look and the buyer's language, and can be filled in unless it
   * is locked.
   */
  lock?(locked: boolean): void;
  /**
   * Forget what must not stay on a screen once the gateway has it; with `all` false the attempt has
   * failed, and what may be sent again stays.
   */
  clear?(all: boolean): void;
  /** What the buyer has to do for an action of this type; undefined if it makes no sense. */
  action?(action: Action): Step | undefined;
}
