/** A payment from the shop's message to the way back, with parts that are made up. */

import assert from "node:assert/strict";
import { RefusedError, UnreachableError } from "../../widget/src/gateway.ts";
import { NOT_SENT } from "../../widget/src/payment.ts";
import type { Data } from "../../widget/src/view/method.ts";
import {
  ACTION,
  BANK,
  begin,
  CARD,
  MESSAGE,
  RETURN_URL,
  settled,
  SHOP,
  SUBMISSION,
} from "./parts.ts";

Deno.test("the shop's message opens the payment, in the shop's language", async () => {
  const session = begin();
  assert.equal(session.shop.message(MESSAGE, SHOP), true);
  assert.equal(session.at, "loading");
  assert.equal(session.last().call, "open 7");
  assert.deepEqual(session.locales, [undefined, "de-AT"]);
  await session.answer();
  assert.equal(session.at, "ready");
});

Deno.test("a payment is not shown before the page is in the buyer's language", async () => {
  const session = begin({ localized: false });
  session.shop.message(MESSAGE, SHOP);
  await session.answer();
  assert.equal(session.at, "loading");
  session.localize();
  await settled();
  assert.equal(session.at, "ready");
});

Deno.test("the message repeated changes nothing, whatever it says now", async () => {
  const session = begin();
  await session.open();
  const { length } = session.states;
  const other = { BX_SYSTEM_PARAMS: { ...MESSAGE.BX_SYSTEM_PARAMS, PAYMENT_ID: "8" } };
  for (const message of [MESSAGE, other]) assert(!session.shop.message(message, SHOP));
  assert.equal(session.states.length, length);
  assert.equal(session.requests.length, 1);
});

Deno.test("a message that lacks something says so, and a complete one after it is taken", () => {
  const session = begin();
  assert.equal(session.shop.message({ BX_SYSTEM_PARAMS: {} }, SHOP), false);
  assert.deepEqual(session.states.at(-1), {
    at: "broken",
    reason: { key: "broken_silent" },
  });
  assert.equal(session.shop.message(MESSAGE, SHOP), true);
  assert.equal(session.at, "loading");
});

Deno.test("a shop that is not allowed is named, until an allowed one sends its message", () => {
  const session = begin();
  session.shop.refused("https://evil.example");
  assert.deepEqual(session.states.at(-1), {
    at: "broken",
    reason: { key: "broken_seller", values: { origin: "https://evil.example" } },
  });
  session.shop.message(MESSAGE, SHOP);
  session.shop.refused("https://evil.example");
  assert.equal(session.at, "loading");
});

Deno.test("without a message the page says so after ten seconds, and outside a frame at once", () => {
  const session = begin();
  assert.deepEqual(session.waits, [10_000]);
  session.wait();
  assert.deepEqual(session.states.at(-1), { at: "broken", reason: { key: "broken_silent" } });

  const alone = begin({ isFrame: false });
  assert.deepEqual(alone.states.at(-1), { at: "broken", reason: { key: "broken_outside" } });
});

Deno.test("what the buyer entered goes to the gateway, with the amount that was shown", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  assert.equal(session.at, "submitting");
  assert.equal(session.last().call, "attempt pay_1");
  assert.deepEqual(session.last().attempt, {
    method: "card",
    amount: { value: "100.00", currency: "USD" },
    return_url: "https://pay.example/widget/",
    data: SUBMISSION.data,
  });
});

Deno.test("a method that asks for nothing sends no data, and may come back to the shop", async () => {
  const session = begin();
  await session.open();
  await session.submit({ method: "redirect", returnsTo: "shop", data: undefined });
  assert.deepEqual(session.last().attempt, {
    method: "redirect",
    amount: { value: "100.00", currency: "USD" },
    return_url: RETURN_URL,
  });
});

Deno.test("a method may need time for its data, and the payment is under way meanwhile", async () => {
  const session = begin();
  await session.open();
  let give!: (data: Data) => void;
  const data = new Promise<Data>((resolve) => give = resolve);
  await session.submit({ ...SUBMISSION, data });
  assert.equal(session.at, "submitting");
  assert.equal(session.last().call, "open 7");
  give({ token: "tok_1" });
  await settled();
  assert.deepEqual(session.last().attempt?.data, { token: "tok_1" });
});

Deno.test("a method that gets no data says why in the form, and the intent stays", async () => {
  const session = begin();
  await session.open();
  const data = Promise.reject(new RefusedError(NOT_SENT, "Check your card."));
  await session.submit({ ...SUBMISSION, data });
  const state = session.states.at(-1)!;
  assert(state.at === "failed");
  assert.deepEqual(state.reason, { sentence: "Check your card." });
  await session.submit(SUBMISSION);
  assert.equal(session.last().key, "pay_1, key 1");
});

Deno.test("a second submit while one is under way sends nothing", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  await session.submit(SUBMISSION);
  assert.equal(session.requests.length, 2);
});

Deno.test("a paid payment goes back to the shop, after a while or at once", async () => {
  for (const back of ["wait", "click"]) {
    const session = begin();
    await session.open();
    await session.submit(SUBMISSION);
    await session.answer({ status: "paid" });
    assert.equal(session.at, "paid");
    if (back === "wait") session.wait();
    else session.buyer.returnToShop();
    assert.deepEqual(session.visited, [`window: ${RETURN_URL}`]);
  }
});

Deno.test("a RETURN_URL that is not the shop's own is never followed", async () => {
  const session = begin();
  session.shop.message(MESSAGE, "https://other.example");
  await session.answer({ status: "paid" });
  session.wait();
  session.buyer.returnToShop();
  assert.deepEqual(session.visited, []);
});

Deno.test("the same intent keeps its key, also when the gateway was out of reach", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  await session.fail(new UnreachableError());
  assert.equal(session.at, "failed");
  session.buyer.retry();
  await session.answer();
  await session.submit(SUBMISSION);
  const keys = session.requests.flatMap(({ key }) => key ?? []);
  assert.deepEqual(keys, ["pay_1, key 1", "pay_1, key 1"]);
});

Deno.test("what follows a decline is another intent, with a key of its own", async () => {
  const declines: ((session: ReturnType<typeof begin>) => Promise<void>)[] = [
    (session) => session.answer({ status: "failed", error: { code: "declined", message: "No." } }),
    (session) => session.fail(new RefusedError("invalid_card", "This is not a card number.")),
  ];
  for (const decline of declines) {
    const session = begin();
    await session.open();
    await session.submit(SUBMISSION);
    await decline(session);
    assert.equal(session.at, "failed");
    await session.submit(SUBMISSION);
    assert.equal(session.last().key, "pay_1, key 2");
  }
});

Deno.test("a key that the gateway knows with something else is discarded, and all is loaded", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  await session.fail(new RefusedError("idempotency_key_reused", "The key was used before."));
  assert.equal(session.at, "loading");
  await session.answer();
  await session.submit(SUBMISSION);
  assert.equal(session.last().key, "pay_1, key 2");
});

Deno.test("a payment that changed meanwhile is loaded again, with the same key", async () => {
  for (const code of ["attempt_in_progress", "amount_changed"]) {
    const session = begin();
    await session.open();
    await session.submit(SUBMISSION);
    await session.fail(new RefusedError(code, "Not now."));
    assert.equal(session.last().call, "open 7");
    await session.answer();
    await session.submit(SUBMISSION);
    assert.equal(session.last().key, "pay_1, key 1");
  }
});

Deno.test("a payment that the gateway does not take stops with its sentence", async () => {
  const session = begin();
  session.shop.message(MESSAGE, SHOP);
  await session.fail(new RefusedError("unknown", "The shop does not know payment 7."));
  const state = session.states.at(-1)!;
  assert(state.at === "broken");
  assert.deepEqual(state.reason, { sentence: "The shop does not know payment 7." });
});

Deno.test("a payment in processing is looked at, less and less often, until it is paid", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  await session.answer({ status: "processing" });
  const waits = [];
  for (let n = 0; n < 10; n++) {
    waits.push(...session.waits);
    session.wait();
    assert.equal(session.last().call, "read pay_1");
    await session.answer({ status: "processing" });
  }
  assert.deepEqual(waits.slice(0, 3), [1000, 1250, 1562.5]);
  assert.equal(waits.at(-1), 5000);
  session.wait();
  await session.answer({ status: "paid" });
  assert.equal(session.at, "paid");
  assert.deepEqual(session.waits, [2_500]);
});

Deno.test("a look that fails is followed by another", async () => {
  const session = begin({ step: { url: BANK, target: "frame" } });
  session.shop.message(MESSAGE, SHOP);
  await session.answer({ status: "action_required", action: ACTION });
  session.wait();
  await session.fail(new UnreachableError());
  assert.equal(session.at, "action_required");
  assert.equal(session.waits.length, 1);
});

Deno.test("a submitted step is gone to at once, in the frame or in the whole window", async () => {
  for (const [target, window] of [["frame", "frame"], ["top", "window"]] as const) {
    const session = begin({ step: { url: BANK, target } });
    await session.open();
    await session.submit(SUBMISSION);
    await session.answer({ status: "action_required", action: ACTION });
    assert.deepEqual(session.visited, [`${window}: ${BANK}`]);
  }
});

Deno.test("a step that was left is offered, and looked at meanwhile", async () => {
  const session = begin({ step: { url: BANK, target: "frame" } });
  session.shop.message(MESSAGE, SHOP);
  await session.answer({ status: "action_required", action: ACTION });
  assert.equal(session.at, "action_required");
  assert.deepEqual([session.visited, session.waits], [[], [1000]]);
  session.buyer.goToStep();
  assert.deepEqual(session.visited, [`frame: ${BANK}`]);
});

Deno.test("a step that is given up is followed by another intent", async () => {
  const session = begin({ step: { url: BANK, target: "frame" } });
  session.shop.message(MESSAGE, SHOP);
  await session.answer({ status: "action_required", action: ACTION });
  session.buyer.chooseOther();
  assert.equal(session.at, "ready");
  await session.submit(SUBMISSION);
  assert.equal(session.last().key, "pay_1, key 2");
});

Deno.test("a step that makes no sense is followed by another intent, with the other methods", async () => {
  const session = begin();
  await session.open();
  await session.submit(SUBMISSION);
  await session.answer({ status: "action_required", action: ACTION });
  const state = session.states.at(-1)!;
  assert(state.at === "failed");
  assert.deepEqual(state.reason, { key: "error_method" });
  assert.deepEqual(state.payment?.methods.map(({ type }) => type), ["redirect"]);
  await session.submit(SUBMISSION);
  assert.equal(session.last().key, "pay_1, key 2");
});

Deno.test("methods that this page does not know are not offered", async () => {
  const session = begin();
  session.shop.message(MESSAGE, SHOP);
  await session.answer({ methods: [{ type: "barter", label: "Barter" }, CARD] });
  const state = session.states.at(-1)!;
  assert(state.at === "ready");
  assert.deepEqual(state.payment.methods, [CARD]);
});

Deno.test("an answer to what is no longer asked changes nothing", async () => {
  const session = begin({ step: { url: BANK, target: "frame" } });
  session.shop.message(MESSAGE, SHOP);
  await session.answer({ status: "action_required", action: ACTION });
  session.wait();
  session.buyer.chooseOther();
  assert(session.last().signal.aborted);
  await session.answer({ status: "paid" });
  assert.equal(session.at, "ready");
});
