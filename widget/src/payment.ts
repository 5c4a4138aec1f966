/**
 * The course of a payment: its states, what moves it from one to the next, and nothing else.
 *
 *     waiting -> loading -> ready -> submitting -> paid
 *                                 -> action_required -> paid, or failed
 *                                 -> failed -> submitting or loading again
 *     any but paid -> broken
 */

import type { Handshake } from "./message.ts";
import { sameAmount } from "./money.ts";

export interface Amount {
  /** A decimal. */
  readonly value: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** What the buyer has to do. The method of the same type knows what the other members mean. */
export interface Action {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** Another page, where the buyer confirms. */
export interface Destination {
  readonly url: string;
  /** Whether the page is made for the frame or needs the whole window. */
  readonly target: "frame" | "top";
}

/** What an action means to the buyer: something to look at here, or a page to go to. */
export type Step = HTMLElement | Destination;

export interface MethodOffer {
  readonly type: string;
  readonly label: string;
  /** A picture as a data: URL. */
  readonly logo?: string;
  /** What the method has to know; it and the gateway know what the members mean. */
  readonly settings?: MethodSettings;
}

export type MethodSettings = Readonly<Record<string, string>>;

/** A payment as the gateway answers it. */
export interface Payment {
  readonly id: string;
  readonly status: "open" | "processing" | "action_required" | "paid" | "failed" | "expired";
  readonly amount: Amount;
  readonly description: string;
  readonly methods: readonly MethodOffer[];
  readonly action: Action | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** The code of a refusal by the method itself: the gateway was not asked. */
export const NOT_SENT = "not_sent";

/** Why nothing can be paid: a key of the texts with its values, or a sentence of the gateway's. */
export type Reason =
  | { readonly key: string; readonly values?: Readonly<Record<string, string>> }
  | { readonly sentence: string };

interface WithHandshake {
  readonly handshake: Handshake;
}

interface WithPayment extends WithHandshake {
  readonly payment: Payment;
}

export type State =
  | { readonly at: "waiting" }
  | WithHandshake & { readonly at: "loading" }
  | WithPayment & { readonly at: "ready" }
  /** `method` is the type of the one that the buyer chose; after a reload it is not known. */
  | WithPayment & { readonly at: "submitting"; readonly method?: string }
  /** `asked`: the buyer has just submitted, so that the page may go to the step at once. */
  | WithPayment & { readonly at: "action_required"; readonly step: Step; readonly asked: boolean }
  | WithPayment & { readonly at: "paid" }
  /** With a payment, the buyer can try again; without one it must be loaded first. */
  | WithHandshake & { readonly at: "failed"; readonly payment?: Payment; readonly reason: Reason }
  | { readonly at: "broken"; readonly handshake?: Handshake; readonly reason: Reason };

export type PaymentEvent =
  | { readonly type: "handshake"; readonly handshake: Handshake }
  /** No payment can come from this shop's page as it is. */
  | { readonly type: "unusable"; readonly reason: Reason }
  /** `step` is what its action means to the buyer, if anything. */
  | { readonly type: "answer"; readonly payment: Payment; readonly step?: Step | undefined }
  | { readonly type: "unreachable" }
  /** The gateway does not take this payment at all, or did not take this attempt. */
  | { readonly type: "refused"; readonly sentence: string; readonly code: string }
  /** An attempt with the same key, but of something else, came to the gateway before. */
  | { readonly type: "key_reused" }
  | { readonly type: "submit"; readonly method: string }
  | { readonly type: "other_method" }
  | { readonly type: "reload" };

/** The state after an event; the same state object where the event changes nothing. */
export function next(state: State, event: PaymentEvent): State {
  switch (event.type) {
    case "handshake":
      // Only the first one counts: the seller repeats it after every load.
      return known(state) ? state : { at: "loading", handshake: event.handshake };
    case "unusable":
      return known(state) ? state : { at: "broken", reason: event.reason };
    case "answer":
      return state.at === "loading" || state.at === "submitting" || state.at === "action_required"
        ? answered(state, event.payment, event.step)
        : state;
    case "unreachable":
      return state.at === "loading" || state.at === "submitting"
        ? { at: "failed", handshake: state.handshake, reason: { key: "error_unreachable" } }
        : state;
    case "refused": {
      const reason = { sentence: event.sentence };
      if (state.at === "submitting") return offered(state.handshake, state.payment, reason);
      return state.at === "loading" ? { at: "broken", handshake: state.handshake, reason } : state;
    }
    case "submit":
      return (state.at === "ready" || state.at === "failed") && state.payment
        ? {
          at: "submitting",
          handshake: state.handshake,
          payment: state.payment,
          method: event.method,
        }
        : state;
    case "other_method":
      return state.at === "action_required" ? offered(state.handshake, state.payment) : state;
    case "key_reused":
    case "reload":
      return state.at === "failed" || state.at === "submitting"
        ? { at: "loading", handshake: state.handshake }
        : state;
  }
}

/** When the gateway is asked again and its answer is the same, the state stays as it is. */
function answered(
  state: State & { at: "loading" | "submitting" | "action_required" },
  payment: Payment,
  step?: Step,
): State {
  const { handshake } = state;
  const { value, currency } = payment.amount;
  if (!sameAmount(value, handshake.SUM) || currency !== handshake.CURRENCY) {
    return { at: "broken", handshake, reason: amountDiffers(handshake, payment.amount) };
  }
  const before = state.at === "loading" ? undefined : state.payment.status;
  switch (payment.status) {
    case "open":
      return offered(handshake, payment);
    case "processing":
      return before === "processing" ? state : { at: "submitting", handshake, payment };
    case "action_required":
      if (state.at === "action_required") return state;
      return step
        ? { at: "action_required", handshake, payment, step, asked: state.at === "submitting" }
        : withoutMethod(state, payment);
    case "paid":
      return { at: "paid", handshake, payment };
    case "failed":
      return offered(
        handshake,
        payment,
        payment.error ? { sentence: payment.error.message } : { key: "error_unknown" },
      );
    case "expired":
      return { at: "broken", handshake, reason: { key: "broken_expired" } };
  }
}

/** The form, where there is any method to pay with; with `reason`, why paying has failed. */
function offered(handshake: Handshake, payment: Payment, reason?: Reason): State {
  if (!payment.methods.length) {
    return { at: "broken", handshake, reason: { key: "broken_methods" } };
  }
  return reason
    ? { at: "failed", handshake, payment, reason }
    : { at: "ready", handshake, payment };
}

/** The method's action makes no sense here, so that only the other methods can be used. */
function withoutMethod(
  state: State & { at: "loading" | "submitting" },
  payment: Payment,
): State {
  const { handshake } = state;
  const type = state.at === "submitting" && state.method || payment.action?.type;
  const methods = payment.methods.filter((method) => method.type !== type);
  const reason = { key: "error_method" };
  return methods.length
    ? { at: "failed", handshake, payment: { ...payment, methods }, reason }
    : { at: "failed", handshake, reason };
}

function amountDiffers(handshake: Handshake, amount: Amount): Reason {
  return {
    key: "broken_amount",
    values: {
      asked: `${handshake.SUM} ${handshake.CURRENCY}`,
      amount: `${amount.value} ${amount.currency}`,
    },
  };
}

/** Whether a handshake has fixed what is paid here. */
export function known(state: State): state is State & WithHandshake {
  return state.at !== "waiting" && state.handshake !== undefined;
}

/** Whether an event has ended the buyer's intent, paid or not: the next attempt is another one. */
export function endsIntent(event: PaymentEvent): boolean {
  switch (event.type) {
    case "answer": {
      const { status } = event.payment;
      return status === "failed" || status === "paid" ||
        status === "action_required" && !event.step;
    }
    case "refused":
      // What the method refused has not come to the gateway: an attempt before it may have.
      return event.code !== NOT_SENT;
    case "key_reused":
    case "other_method":
      return true;
    default:
      return false;
  }
}
