/**
 * The course of a payment: its states, what moves it from one to the next, and nothing else.
 *
 *     waiting -> loading -> ready -> submitting -> paid
 *                                 -> action_required -> paid, or failed
 *                                 -> failed -> submitting or loading again
 *     any but paid -> broken
 */

import type { PaymentRequest } from "./message.ts";
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
export interface Redirect extends Action {
  readonly type: "redirect";
  readonly url: string;
  /** Whether the page is made for the frame or wants the whole window. */
  readonly target: "frame" | "top";
}

export interface MethodOffer {
  readonly type: string;
  readonly label: string;
  /** A picture as a data: URL. */
  readonly logo?: string;
}

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

/** Why nothing can be paid here: a key of the texts and what it speaks of, or a sentence. */
export type Reason =
  | { readonly key: string; readonly values?: Readonly<Record<string, string>> }
  | { readonly sentence: string };

export type State =
  | { readonly at: "waiting" }
  | { readonly at: "loading"; readonly request: PaymentRequest }
  | { readonly at: "ready"; readonly request: PaymentRequest; readonly payment: Payment }
  | { readonly at: "submitting"; readonly request: PaymentRequest; readonly payment: Payment }
  | {
    readonly at: "action_required";
    readonly request: PaymentRequest;
    readonly payment: Payment;
    /** Whether the buyer has just asked for it, so that the page may leave at once. */
    readonly asked: boolean;
  }
  | { readonly at: "paid"; readonly request: PaymentRequest; readonly payment: Payment }
  | {
    /** With a payment, it can be paid anew; without one it must be loaded first. */
    readonly at: "failed";
    readonly request: PaymentRequest;
    readonly payment?: Payment;
    readonly reason: Reason;
  }
  | { readonly at: "broken"; readonly request?: PaymentRequest; readonly reason: Reason };

export type Event =
  | { readonly type: "handshake"; readonly request: PaymentRequest }
  | { readonly type: "unusable"; readonly reason: Reason }
  | { readonly type: "silence" }
  | { readonly type: "answer"; readonly payment: Payment }
  | { readonly type: "unreachable" }
  | { readonly type: "refused"; readonly sentence: string }
  | { readonly type: "declined"; readonly sentence: string }
  | { readonly type: "submit" }
  | { readonly type: "other_way" }
  | { readonly type: "reload" };

/** The state after an event; the same state object where the event changes nothing. */
export function next(state: State, event: Event): State {
  switch (event.type) {
    case "handshake":
      // Only the first one counts: the seller repeats it after every load.
      return known(state) ? state : { at: "loading", request: event.request };
    case "unusable":
      return known(state) ? state : { at: "broken", reason: event.reason };
    case "silence":
      return state.at === "waiting" ? { at: "broken", reason: { key: "broken_silent" } } : state;
    case "answer":
      return state.at === "loading" || state.at === "submitting" || state.at === "action_required"
        ? answered(state, event.payment)
        : state;
    case "unreachable":
      return state.at === "loading" || state.at === "submitting"
        ? { at: "failed", request: state.request, reason: { key: "error_unreachable" } }
        : state;
    case "refused":
      return state.at === "loading" || state.at === "submitting"
        ? { at: "broken", request: state.request, reason: { sentence: event.sentence } }
        : state;
    case "declined":
      return state.at === "submitting"
        ? { ...state, at: "failed", reason: { sentence: event.sentence } }
        : state;
    case "submit":
      return (state.at === "ready" || state.at === "failed") && state.payment
        ? { at: "submitting", request: state.request, payment: state.payment }
        : state;
    case "other_way":
      return state.at === "action_required"
        ? { at: "ready", request: state.request, payment: state.payment }
        : state;
    case "reload":
      return state.at === "failed" || state.at === "submitting"
        ? { at: "loading", request: state.request }
        : state;
  }
}

/** Asked again and again, a gateway whose answer stays the same leaves the state as it is. */
function answered(
  state: State & { at: "loading" | "submitting" | "action_required" },
  payment: Payment,
): State {
  const { request } = state;
  const { value, currency } = payment.amount;
  if (!sameAmount(value, request.sum) || currency !== request.currency) {
    return { at: "broken", request, reason: amountDiffers(request, payment.amount) };
  }
  const before = state.at === "loading" ? undefined : state.payment.status;
  switch (payment.status) {
    case "open":
      return { at: "ready", request, payment };
    case "processing":
      return before === "processing" ? state : { at: "submitting", request, payment };
    case "action_required":
      if (state.at === "action_required") return state;
      return payment.action
        ? { at: "action_required", request, payment, asked: state.at === "submitting" }
        : { at: "failed", request, payment, reason: { key: "error_unknown" } };
    case "paid":
      return { at: "paid", request, payment };
    case "failed":
      return {
        at: "failed",
        request,
        payment,
        reason: payment.error ? { sentence: payment.error.message } : { key: "error_unknown" },
      };
    case "expired":
      return { at: "broken", request, reason: { key: "broken_expired" } };
  }
}

function amountDiffers(request: PaymentRequest, amount: Amount): Reason {
  return {
    key: "broken_amount",
    values: {
      asked: `${request.sum} ${request.currency}`,
      amount: `${amount.value} ${amount.currency}`,
    },
  };
}

/** Whether a handshake has fixed what is paid here. */
export function known(state: State): boolean {
  return state.at !== "waiting" && state.request !== undefined;
}
