import assert from "node:assert/strict";
import type { Handshake } from "../../widget/src/message.ts";
import {
  endsIntent,
  next,
  type Payment,
  type PaymentEvent,
  type State,
} from "../../widget/src/payment.ts";

const SHOP: Handshake = {
  PAYMENT_ID: "7",
  PAYSYSTEM_ID: "3",
  SUM: "100",
  CURRENCY: "USD",
  returnUrl: "https://shop.example/pay/7",
  fields: {},
  style: undefined,
};

function payment(changes: Partial<Payment> = {}): Payment {
  return {
    id: "pay_1",
    status: "open",
    amount: { value: "100.00", currency: "USD" },
    description: "Payment 1001/1",
    methods: [{ type: "card", label: "Card" }],
    action: null,
    error: null,
    ...changes,
  };
}

const WAITING: State = { at: "waiting" };
const HANDSHAKE: PaymentEvent = { type: "handshake", handshake: SHOP };
const SUBMIT: PaymentEvent = { type: "submit", method: "card" };
const RELOAD: PaymentEvent = { type: "reload" };
const UNREACHABLE: PaymentEvent = { type: "unreachable" };
const ACTION = payment({
  status: "action_required",
  action: { type: "redirect", url: "https://bank.example/", target: "frame" },
});

/** What the methods make of an action; the address is theirs to check. */
const STEP = { url: "https://bank.example/", target: "frame" } as const;
const ACT: PaymentEvent = { type: "answer", payment: ACTION, step: STEP };

const answer = (changes: Partial<Payment> = {}): PaymentEvent => ({
  type: "answer",
  payment: payment(changes),
});

/** The state after events, from waiting. */
const after = (...events: PaymentEvent[]): State => events.reduce(next, WAITING);

/** One state of each kind. */
const STATES: Record<string, State> = {
  waiting: WAITING,
  loading: after(HANDSHAKE),
  ready: after(HANDSHAKE, answer()),
  submitting: after(HANDSHAKE, answer(), SUBMIT),
  action_required: after(HANDSHAKE, ACT),
  paid: after(HANDSHAKE, answer({ status: "paid" })),
  failed: after(HANDSHAKE, answer(), SUBMIT, answer({ status: "failed" })),
  unreachable: after(HANDSHAKE, UNREACHABLE),
  silent: after({ type: "unusable", reason: { key: "broken_silent" } }),
  expired: after(HANDSHAKE, answer({ status: "expired" })),
};

const EVENTS: PaymentEvent[] = [
  HANDSHAKE,
  { type: "unusable", reason: { key: "broken_seller" } },
  answer(),
  answer({ status: "processing" }),
  answer({ status: "action_required" }),
  ACT,
  answer({ status: "paid" }),
  answer({ status: "failed" }),
  answer({ status: "expired" }),
  answer({ amount: { value: "1", currency: "USD" } }),
  UNREACHABLE,
  { type: "refused", code: "declined", sentence: "No." },
  SUBMIT,
  { type: "other_method" },
  { type: "key_reused" },
  RELOAD,
];

Deno.test("a payment goes from the handshake over the form to paid", () => {
  const course = [HANDSHAKE, answer(), SUBMIT, answer({ status: "paid" })];
  const seen = course.map((_, n) => after(...course.slice(0, n + 1)).at);
  assert.deepEqual(seen, ["loading", "ready", "submitting", "paid"]);
});

Deno.test("only the first handshake counts", () => {
  const other: PaymentEvent = {
    type: "handshake",
    handshake: { ...SHOP, SUM: "1", PAYMENT_ID: "8" },
  };
  for (const [name, state] of Object.entries(STATES)) {
    const moved = next(state, other);
    if (name === "waiting" || name === "silent") assert.equal(moved.at, "loading", name);
    else assert.equal(moved, state, name);
  }
});

Deno.test("a shop that is not allowed, or is silent, stops only a page that has no payment yet", () => {
  const unusable: PaymentEvent = { type: "unusable", reason: { key: "broken_seller" } };
  assert.deepEqual(next(WAITING, unusable), { at: "broken", reason: { key: "broken_seller" } });
  for (const [name, state] of Object.entries(STATES)) {
    if (name === "waiting" || name === "silent") continue;
    assert.equal(next(state, unusable), state, name);
  }
});

Deno.test("a handshake that comes late mends a page that had given up waiting", () => {
  assert.deepEqual(next(STATES.silent!, HANDSHAKE), { at: "loading", handshake: SHOP });
});

Deno.test("an amount that is not the gateway's stops the payment, whatever its status", () => {
  for (const status of ["open", "processing", "action_required", "paid", "failed"] as const) {
    for (
      const amount of [
        { value: "100.01", currency: "USD" },
        { value: "100", currency: "EUR" },
        { value: "100", currency: "usd" },
        { value: "", currency: "USD" },
      ]
    ) {
      const state = after(HANDSHAKE, answer({ status, amount }));
      assert.deepEqual(state, {
        at: "broken",
        handshake: SHOP,
        reason: {
          key: "broken_amount",
          values: { asked: "100 USD", amount: `${amount.value} ${amount.currency}` },
        },
      });
    }
  }
});

Deno.test("a sum that no decimal is equal to stops the payment", () => {
  for (const SUM of ["-100", "1e2", "100,00", "", "100.001"]) {
    const handshake = { ...SHOP, SUM };
    assert.equal(after({ type: "handshake", handshake }, answer()).at, "broken", SUM);
  }
});

Deno.test("only a form with a payment can be submitted, so that a double click pays once", () => {
  for (const [name, state] of Object.entries(STATES)) {
    const moved = next(state, SUBMIT);
    if (name === "ready" || name === "failed") assert.equal(moved.at, "submitting", name);
    else assert.equal(moved, state, name);
  }
});

Deno.test("a step at the bank is asked for when the buyer submitted, and waits after a reload", () => {
  const asked = after(HANDSHAKE, answer(), SUBMIT, ACT);
  assert(asked.at === "action_required" && asked.asked);
  const state = STATES.action_required!;
  assert(state.at === "action_required" && !state.asked);
  assert.equal(next(state, { type: "other_method" }).at, "ready");
});

Deno.test("another step, after the buyer has left the first one, is shown as well", () => {
  const course = [HANDSHAKE, answer(), SUBMIT, ACT];
  const other: Payment = { ...ACTION, action: { type: "transfer", lines: [] } };
  const again: PaymentEvent = { type: "answer", payment: other, step: STEP };
  const state = after(...course, { type: "other_method" }, SUBMIT, again);
  assert(state.at === "action_required" && state.payment === other);
});

Deno.test("a step that makes no sense leaves the buyer with the other methods, and says so", () => {
  const card = { type: "card", label: "Card" };
  const redirect = { type: "redirect", label: "Bank account" };
  const reason = { key: "error_method" };
  for (const action of [null, ACTION.action]) {
    const both = payment({ status: "action_required", action, methods: [card, redirect] });
    const submitted = [HANDSHAKE, answer({ methods: both.methods })];
    for (const [method, left] of [["card", redirect], ["redirect", card]] as const) {
      const state = after(...submitted, { type: "submit", method }, {
        type: "answer",
        payment: both,
      });
      assert(state.at === "failed" && state.payment);
      assert.deepEqual([state.payment.methods, state.reason], [[left], reason]);
    }
  }
  const alone = after(HANDSHAKE, answer(), SUBMIT, answer({ status: "action_required" }));
  assert.deepEqual(alone, { at: "failed", handshake: SHOP, reason });
  assert.equal(next(alone, RELOAD).at, "loading");
});

Deno.test("a payment with no method that the page knows stops, whatever led to it", () => {
  const none = { methods: [] };
  const step = [
    HANDSHAKE,
    { type: "answer", payment: { ...ACTION, ...none }, step: STEP } as const,
  ];
  for (
    const state of [
      after(HANDSHAKE, answer(none)),
      after(HANDSHAKE, answer({ status: "failed", ...none })),
      after(...step, { type: "other_method" }),
    ]
  ) assert.deepEqual(state, { at: "broken", handshake: SHOP, reason: { key: "broken_methods" } });
});

Deno.test("an intent ends when it is paid, declined or given up, and with nothing else", () => {
  const step = (payment: Payment): PaymentEvent => ({ type: "answer", payment, step: STEP });
  const ended = [
    answer({ status: "paid" }),
    answer({ status: "failed" }),
    answer({ status: "action_required" }),
    { type: "refused", code: "declined", sentence: "No." },
    { type: "key_reused" },
    { type: "other_method" },
  ] as const;
  const going = [
    HANDSHAKE,
    answer(),
    answer({ status: "processing" }),
    step(ACTION),
    UNREACHABLE,
    SUBMIT,
    RELOAD,
  ] as const;
  for (const event of ended) assert(endsIntent(event), event.type);
  for (const event of going) assert(!endsIntent(event), event.type);
});

Deno.test("a declined payment says why and can be paid again", () => {
  const error = { code: "card_declined", message: "Your bank declined this card." };
  const state = after(HANDSHAKE, answer(), SUBMIT, answer({ status: "failed", error }));
  assert(state.at === "failed");
  assert.deepEqual(state.reason, { sentence: error.message });
  assert.equal(next(state, SUBMIT).at, "submitting");

  const declined = after(HANDSHAKE, answer(), SUBMIT, {
    type: "refused",
    code: "declined",
    sentence: "No card.",
  });
  assert(declined.at === "failed");
  assert.deepEqual(declined.reason, { sentence: "No card." });
  assert.equal(next(declined, SUBMIT).at, "submitting");
});

Deno.test("a gateway that cannot be reached is asked again before anything is paid again", () => {
  for (const state of [STATES.unreachable!, after(HANDSHAKE, answer(), SUBMIT, UNREACHABLE)]) {
    assert(state.at === "failed");
    assert.equal(state.payment, undefined);
    assert.equal(next(state, SUBMIT), state);
    assert.deepEqual(next(state, RELOAD), { at: "loading", handshake: SHOP });
  }
});

Deno.test("a refusal ends it, with the gateway's sentence", () => {
  const refused: PaymentEvent = {
    type: "refused",
    code: "declined",
    sentence: "The shop does not know payment 7.",
  };
  assert.deepEqual(after(HANDSHAKE, refused), {
    at: "broken",
    handshake: SHOP,
    reason: { sentence: "The shop does not know payment 7." },
  });
});

Deno.test("a payment that is processing is awaited, also after a reload", () => {
  assert.equal(after(HANDSHAKE, answer({ status: "processing" })).at, "submitting");
});

Deno.test("nothing moves a paid payment", () => {
  for (const event of EVENTS) assert.equal(next(STATES.paid!, event), STATES.paid, event.type);
});

Deno.test("an event in any state gives a state, which keeps what is being paid", () => {
  for (const [name, state] of Object.entries(STATES)) {
    for (const event of EVENTS) {
      const moved = next(state, event);
      assert(moved?.at, `${name}, ${event.type}`);
      if ("handshake" in state && state.handshake) {
        assert("handshake" in moved && moved.handshake === SHOP, `${name}, ${event.type}`);
      }
    }
  }
});

Deno.test("an answer that comes too late changes nothing", () => {
  for (const name of ["waiting", "ready", "failed", "silent", "expired"]) {
    const state = STATES[name]!;
    for (const event of [answer({ status: "paid" }), UNREACHABLE]) {
      assert.equal(next(state, event), state, `${name}, ${event.type}`);
    }
  }
});

Deno.test("asked again, an answer that stays the same leaves the state as it is", () => {
  const processing = answer({ status: "processing" });
  const paying = next(STATES.submitting!, processing);
  assert.equal(paying.at, "submitting");
  assert.equal(next(paying, processing), paying);
  const acting = STATES.action_required!;
  assert.equal(next(acting, ACT), acting);
});

Deno.test("what the buyer does elsewhere ends the action here", () => {
  for (const status of ["paid", "failed"] as const) {
    assert.equal(next(STATES.action_required!, answer({ status })).at, status);
  }
  for (
    const event of [UNREACHABLE, { type: "refused", code: "declined", sentence: "No." }] as const
  ) {
    assert.equal(next(STATES.action_required!, event), STATES.action_required);
  }
});
