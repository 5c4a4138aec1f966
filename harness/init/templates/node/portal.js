// The portal: which payment there is, and that it has been paid.
import process from "node:process";
import * as ledger from "./ledger.js";
import * as service from "./service.js";

const PORTAL = process.env.PAYFRAME_PORTAL.replace(/\/+$/, "");
const TIMEOUT = 10_000; // less than ledger.js waits before another one may tell the same
const LOST = { status: "declined", reason: "The payment was interrupted. Nothing was charged." };

/** A problem (RFC 9457): `code` is for programs, the message a sentence for the buyer. */
export class Refused extends Error {
  constructor(status, code, detail) {
    super(detail);
    Object.assign(this, { status, code });
  }
}

/** The payment as the portal has it now. */
export async function openPayment(payment_id, paysystem_id) {
  const { payment: found } = await call("sale.payment.get", { id: payment_id });
  // Refuses a payment of another payment system. TODO: it answers what the merchant has filled in
  // for your CODES (payframe.toml), such as the keys of their account at your service.
  const ids = { PAYMENT_ID: payment_id, PAY_SYSTEM_ID: paysystem_id };
  await call("sale.paysystem.settings.payment.get", ids);
  const value = String(found.sum); // a number of JSON keeps 15 digits
  if (!/^\d+(\.\d+)?$/.test(value) || !(found.sum > 0)) {
    throw new Refused(422, "nothing_to_pay", "There is nothing to pay.");
  }
  const { accountNumber: number, currency } = found;
  return ledger.savePayment({
    payment_id,
    paysystem_id,
    number,
    value,
    currency,
    paid: found.paid === "Y",
  });
}

/** Tell the portal of a charge, or ask the service for one that it has not answered. */
export async function advance(reference) {
  const attempt = ledger.claim(reference);
  if (!attempt) return; // there is nothing to do, or somebody else does it
  try {
    if (attempt.status === "processing") {
      ledger.record(reference, await service.find(reference) ?? LOST);
      return;
    }
    const payment = ledger.findPayment(attempt.payment);
    await call("sale.paysystem.pay.payment", {
      PAYMENT_ID: payment.payment_id,
      PAY_SYSTEM_ID: payment.paysystem_id,
      PS_INVOICE_ID: reference,
      PS_SUM: attempt.value,
      PS_CURRENCY: attempt.currency,
    });
    ledger.settle(reference);
  } catch (error) {
    console.error(`${reference} stays ${attempt.status} for now: ${error.message}`);
    ledger.putOff(attempt);
  }
}

/** A method of the portal's REST. */
async function call(method, params) {
  let status, content;
  try {
    const answer = await fetch(`${PORTAL}/${method}.json`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(params),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    [status, content] = [answer.status, await answer.json()];
  } catch {
    status = 0;
  }
  if (status === 400) {
    throw new Refused(404, "payment_not_found", "The shop does not know this payment.");
  }
  if (status !== 200 || content?.result === undefined) {
    throw new Refused(503, "portal_unavailable", "The shop cannot be reached. Please try again.");
  }
  return content.result;
}
