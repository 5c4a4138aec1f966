/** A shop, a gateway, a page and keys that are made up, and a session that was given them. */

import assert from "node:assert/strict";
import type { NewAttempt } from "../../widget/src/gateway.ts";
import type { Payment, State, Step } from "../../widget/src/payment.ts";
import type { SellerListener } from "../../widget/src/seller.ts";
import { startSession } from "../../widget/src/session.ts";
import type { PageListener, Submission } from "../../widget/src/view/page.ts";

export const SHOP = "https://shop.example";
export const RETURN_URL = `${SHOP}/pay/7`;
export const MESSAGE = {
  serviceid: "4411",
  locale: "de-AT",
  BX_SYSTEM_PARAMS: { PAYMENT_ID: "7", PAYSYSTEM_ID: "3", SUM: "100", CURRENCY: "USD", RETURN_URL },
};
export const BANK = "https://bank.example/";
export const CARD = { type: "card", label: "Card" };
export const ACTION = { type: "redirect", url: BANK };
export const SUBMISSION = {
  method: "card",
  returnsTo: undefined,
  data: { number: "4242424242424242" },
};

function payment(changes: Partial<Payment> = {}): Payment {
  return {
    id: "pay_1",
    status: "open",
    amount: { value: "100.00", currency: "USD" },
    description: "Payment 1001/1",
    methods: [CARD, { type: "redirect", label: "Bank account" }],
    action: null,
    error: null,
    ...changes,
  };
}

interface Request {
  readonly call: string;
  readonly key?: string;
  readonly attempt?: NewAttempt;
  readonly signal: AbortSignal;
  answer(payment: Payment): void;
  fail(error: unknown): void;
}

interface Timer {
  readonly milliseconds: number;
  readonly run: () => void;
}

const { setTimeout: reallySetTimeout } = globalThis;

/** Timers that are set from here on, until they are cleared; none of them ends by itself. */
function fakeTimers(): Map<number, Timer> {
  const timers = new Map<number, Timer>();
  let number = 0;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, milliseconds: number) => {
      timers.set(++number, { milliseconds, run });
      return number;
    },
    clearTimeout: (id: number) => timers.delete(id),
  });
  return timers;
}

/** A session, and what it does to the parts that it was given. */
export function begin(
  { isFrame = true, step = undefined as Step | undefined, localized = true } = {},
) {
  const requests: Request[] = [];
  const timers = fakeTimers();
  const states: State[] = [];
  const visited: string[] = [];
  const locales: (string | undefined)[] = [];
  let keys = 1;
  let shop!: SellerListener;
  let buyer!: PageListener;
  let localize = () => {};
  const language = localized
    ? Promise.resolve()
    : new Promise<void>((resolve) => localize = resolve);

  function request(call: string, signal: AbortSignal, details: Partial<Request> = {}) {
    return new Promise<Payment>((answer, fail) => {
      requests.push({ call, signal, ...details, answer, fail });
    });
  }

  startSession({
    seller: {
      isFrame,
      listen: (listener) => shop = listener,
      postSize() {},
      goTo: (url) => visited.push(`window: ${url}`),
    },
    gateway: {
      open: ({ PAYMENT_ID }, signal) => request(`open ${PAYMENT_ID}`, signal),
      read: ({ id }, signal) => request(`read ${id}`, signal),
      attempt: ({ id }, attempt, key, signal) => request(`attempt ${id}`, signal, { attempt, key }),
    },
    page: {
      element: undefined as never,
      url: "https://pay.example/widget/",
      methods: ["card", "redirect"],
      listen: (listener) => buyer = listener,
      show: (state) => states.push(state),
      stepOf: () => step,
      languages: () => "de-AT,en",
      useLocale: (wanted) => (locales.push(wanted), language),
      goTo: (url) => visited.push(`frame: ${url}`),
    },
    keys: { key: (id) => `${id}, key ${keys}`, discard: () => keys++ },
  });

  const last = () => requests.at(-1)!;
  return {
    requests,
    states,
    visited,
    locales,
    last,
    shop,
    buyer,
    localize: () => localize(),
    get at() {
      return states.at(-1)?.at ?? "waiting";
    },
    /** The pauses that are still under way, in milliseconds. */
    get waits() {
      return [...timers.values()].map((each) => each.milliseconds);
    },
    /** The oldest pause that is under way ends. */
    wait() {
      const [[id, { run }]] = timers as unknown as [[number, Timer]];
      timers.delete(id);
      run();
    },
    /** The buyer has pressed the button, and what was entered has been read. */
    async submit(submission: Submission = SUBMISSION) {
      buyer.submit(submission);
      await settled();
    },
    async answer(changes: Partial<Payment> = {}) {
      last().answer(payment(changes));
      await settled();
    },
    async fail(error: unknown) {
      last().fail(error);
      await settled();
    },
    /** The form of the payment is shown. */
    async open() {
      assert(shop.message(MESSAGE, SHOP));
      await this.answer();
      assert.equal(this.at, "ready");
    },
  };
}

/** Everything that has been answered has been dealt with. */
export const settled = () => new Promise((resume) => reallySetTimeout(resume));
