/**
 * The session of one payment in the frame, from the shop's message to the way back: what the shop
 * sends, what the gateway answers and what the buyer does become events; each new state is shown,
 * and begins what has to be done in it.
 */

import { type Gateway, RefusedError, UnreachableError } from "./gateway.ts";
import type { KeyStore } from "./keys.ts";
import { readMessage } from "./message.ts";
import { endsIntent, known, next, type Payment, type PaymentEvent, type State } from "./payment.ts";
import type { Seller } from "./seller.ts";
import type { Page, Submission } from "./view/page.ts";

export interface Parts {
  readonly seller: Seller;
  readonly gateway: Gateway;
  readonly page: Page;
  readonly keys: KeyStore;
}

/** Milliseconds that the shop's page has for its message. */
const SILENCE = 10_000;
/** Milliseconds between two looks at a payment that the buyer or the bank is busy with. */
const POLL = { first: 1_000, most: 5_000, growth: 1.25 };
/** Milliseconds that a paid payment is shown before the shop's page comes back. */
const RETURN = 2_500;

export function startSession({ seller, gateway, page, keys }: Parts): void {
  let state: State = { at: "waiting" };
  /** Aborts what the present state has begun. */
  let controller = new AbortController();
  let pollAfter = POLL.first;
  /** Settled once the page is in the buyer's language. */
  let localized = page.useLocale();

  function dispatch(event: PaymentEvent): void {
    const before = state;
    state = next(before, event);
    if (state === before) return;
    const payment = event.type === "answer" ? event.payment : "payment" in before && before.payment;
    if (payment && endsIntent(event)) keys.discard(payment.id);
    controller.abort();
    controller = new AbortController();
    pollAfter = POLL.first;
    page.show(state);
    begin(state);
  }

  function begin(state: State): void {
    switch (state.at) {
      case "loading":
        request((signal) => gateway.open(state.handshake, signal));
        break;
      case "submitting":
        if (state.payment.status === "processing") poll(state.payment);
        break;
      case "action_required":
        if (state.asked && "url" in state.step) goToStep();
        else poll(state.payment);
        break;
      case "paid":
        later(RETURN, returnToShop);
    }
  }

  /** Dispatches the gateway's answer, unless the state has changed meanwhile. */
  async function request(send: (signal: AbortSignal) => Promise<Payment>): Promise<void> {
    const { signal } = controller;
    let event: PaymentEvent;
    try {
      const payment = await send(signal);
      await localized;
      if (signal.aborted) return;
      event = answer(payment);
    } catch (error) {
      if (signal.aborted) return;
      event = failure(error, state);
    }
    dispatch(event);
    // Nothing has changed: look again.
    if (!signal.aborted && "payment" in state && state.payment) poll(state.payment);
  }

  function answer(payment: Payment): PaymentEvent {
    const methods = payment.methods.filter(({ type }) => page.methods.includes(type));
    // What is shown for an action is made once: it may run down a time.
    const step = payment.action && state.at !== "action_required"
      ? page.stepOf(payment.action)
      : undefined;
    return { type: "answer", payment: { ...payment, methods }, step };
  }

  function poll(payment: Payment): void {
    later(pollAfter, () => request((signal) => gateway.read(payment, signal)));
    pollAfter = Math.min(POLL.most, pollAfter * POLL.growth);
  }

  function submit({ method, returnsTo, data }: Submission): void {
    if ((state.at !== "ready" && state.at !== "failed") || !state.payment) return;
    const { payment, handshake } = state;
    dispatch({ type: "submit", method });
    request(async (signal) =>
      gateway.attempt(
        payment,
        {
          method,
          amount: payment.amount,
          return_url: returnsTo === "shop" && handshake.returnUrl || page.url,
          ...data && { data: await data },
        },
        keys.key(payment.id),
        signal,
      )
    );
  }

  /** Where the buyer confirms. */
  function goToStep(): void {
    if (state.at !== "action_required" || !("url" in state.step)) return;
    const { url, target } = state.step;
    (target === "top" ? seller : page).goTo(url);
  }

  function returnToShop(): void {
    if (known(state) && state.handshake.returnUrl) seller.goTo(state.handshake.returnUrl);
  }

  /** Unless the state has changed by then. */
  function later(milliseconds: number, run: () => void): void {
    const timer = setTimeout(run, milliseconds);
    controller.signal.addEventListener("abort", () => clearTimeout(timer));
  }

  /** The buyer is told what to do, the integrator why. */
  function missing(what: string): void {
    console.warn(`The shop's page sent no ${what}`);
    dispatch({ type: "unusable", reason: { key: "broken_silent" } });
  }

  seller.listen({
    message(data, origin) {
      const message = known(state) ? undefined : readMessage(data, origin);
      if (!message) return false;
      if ("missing" in message) {
        missing(message.missing);
        return false;
      }
      localized = page.useLocale(message.fields.locale);
      dispatch({ type: "handshake", handshake: message });
      return true;
    },
    refused(origin) {
      dispatch({ type: "unusable", reason: { key: "broken_seller", values: { origin } } });
    },
  });
  page.listen({
    submit,
    goToStep,
    chooseOther: () => dispatch({ type: "other_method" }),
    retry: () => dispatch({ type: "reload" }),
    returnToShop,
  });
  if (seller.isFrame) later(SILENCE, () => missing("message"));
  else dispatch({ type: "unusable", reason: { key: "broken_outside" } });
}

/** What it means for a payment in this state that the gateway gave no payment. */
function failure(error: unknown, { at }: State): PaymentEvent {
  if (error instanceof UnreachableError) return { type: "unreachable" };
  if (!(error instanceof RefusedError)) throw error;
  switch (at === "submitting" && error.code) {
    case "idempotency_key_reused":
      // The buyer means the same, with another card: the first attempt has arrived after all.
      return { type: "key_reused" };
    case "attempt_in_progress":
    case "amount_changed":
      return { type: "reload" };
    default:
      return { type: "refused", sentence: error.message, code: error.code };
  }
}
