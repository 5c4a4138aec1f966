// What the server remembers: payments, attempts to pay them, and notifications that were taken.
// Nothing here waits, so nothing comes between what is looked at and what is written.
import { randomUUID } from "node:crypto";
import { Journal } from "./journal.js";

const ANSWER = 60_000; // milliseconds after which the service is asked what became of a charge
const CLAIM = 15_000; // in which nobody else takes up an attempt; more than a call may take
const ACTIVE = ["processing", "charged", "settled"]; // has, or may still get, the money

const payments = new Map();
const attempts = new Map();
const notifications = new Set();
const journal = new Journal("ledger.jsonl", ({ payment, attempt, notification }) => {
  if (payment) payments.set(payment.id, payment);
  if (attempt) attempts.set(attempt.reference, attempt);
  if (notification) notifications.add(notification);
});

export const findPayment = (id) => payments.get(id);
export const findAttempt = (reference) => attempts.get(reference);
const attemptsOf = ({ id }) => [...attempts.values()].filter((each) => each.payment === id);
const change = (attempt, changes) => journal.write({ attempt: { ...attempt, ...changes } });

/** payment_id, paysystem_id, number, value, currency, paid: the same ID for the same two. */
export function savePayment(seen) {
  const known = [...payments.values()].find((each) =>
    each.payment_id === seen.payment_id && each.paysystem_id === seen.paysystem_id
  );
  const payment = { id: known?.id ?? randomUUID(), ...seen };
  if (JSON.stringify(payment) !== JSON.stringify(known)) journal.write({ payment });
  return payment;
}

/** Whether there is an attempt with this Idempotency-Key. */
export function isKnown(payment, key) {
  return attemptsOf(payment).some((each) => each.key === key);
}

/** Write an attempt down, before the charge; undefined where another one is under way or paid. */
export function begin({ id, value, currency }, key) {
  const others = attemptsOf({ id });
  if (others.some((each) => each.key === key || ACTIVE.includes(each.status))) return undefined;
  const reference = randomUUID();
  const attempt = { reference, payment: id, key, value, currency, status: "processing", tries: 0 };
  change(attempt, { due: Date.now() + ANSWER });
  return reference;
}

/** Keep what the service says of an attempt; a notification's ID counts once. */
export function record(reference, { status, reason = "" }, notification) {
  if (notifications.has(notification)) return;
  const attempt = attempts.get(reference);
  const paid = attemptsOf({ id: attempt.payment }).some((each) => ACTIVE.includes(each.status));
  const next = status === "declined" ? "failed" : status;
  const late = attempt.status === "failed" && next === "charged";
  const due = next === "processing" ? Date.now() + 5000 : 0;
  const changed = attempt.status === "processing" || late && !paid;
  const entry = changed ? { attempt: { ...attempt, status: next, reason, due } } : {};
  if (changed || notification) journal.write({ ...entry, notification });
  if (late && paid) {
    console.error(`${reference}: charged, but another attempt has paid. Give the money back.`);
  }
}

/** The attempts to be taken further now. */
export function due() {
  return [...attempts.values()].filter((each) =>
    ["processing", "charged"].includes(each.status) && each.due <= Date.now()
  );
}

/** The attempt, if it is due: for a while it is this caller's and nobody else's. */
export function claim(reference) {
  const attempt = due().find((each) => each.reference === reference);
  if (attempt) change(attempt, { due: Date.now() + CLAIM, tries: attempt.tries + 1 });
  return attempt && attempts.get(reference);
}

/** Twice as long each time, a minute at the most. */
export function putOff(attempt) {
  change(attempt, { due: Date.now() + Math.min(2 ** attempt.tries, 60) * 1000 });
}

export const settle = (reference) => change(attempts.get(reference), { status: "settled" });

/** A Payment as the API answers it. */
export function describe({ id }) {
  const payment = payments.get(id);
  const own = attemptsOf(payment);
  const last = own.find((each) => ACTIVE.includes(each.status)) ?? own.at(-1);
  let status = last?.status ?? "open";
  if (payment.paid && ["open", "failed"].includes(status)) status = "settled"; // in another way
  return {
    id,
    status: { charged: "processing", settled: "paid" }[status] ?? status,
    amount: { value: payment.value, currency: payment.currency },
    // TODO: the buyer's language, of Accept-Language, for this, the label and all sentences.
    description: `Payment ${payment.number}`,
    methods: [{ type: "card", label: "Card" }],
    action: null,
    error: status === "failed" ? { code: "declined", message: last.reason } : null,
  };
}
