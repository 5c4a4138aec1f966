// Your payment service: the only file that knows it. Until it is filled in, it is a stand-in that
// takes test cards and moves no money.
import { createHmac, timingSafeEqual } from "node:crypto";
import process from "node:process";
import { Journal } from "./journal.js";

// TODO: take these lines away once charge() takes money. They keep test cards off a real portal.
const portal = new URL(process.env.PAYFRAME_PORTAL ?? "https://missing.invalid");
if (!["localhost", "127.0.0.1"].includes(portal.hostname)) {
  throw new Error(
    "PAYFRAME_PORTAL is no portal of this machine, and service.js moves no money yet.",
  );
}

const cards = new Map();
const journal = new Journal(
  "test-charges.jsonl",
  ({ reference, card }) => cards.set(reference, card),
);

/**
 * Charge `value`, a decimal string, in `currency`, ISO 4217. `data` is what the page asked for.
 *
 * Answers { status: "charged" | "declined" | "processing", reason }; the reason of a decline is a
 * sentence for the buyer. Whatever is thrown leaves the attempt in processing until find() knows.
 */
export async function charge(reference, value, currency, data) {
  // TODO: call your service, with a timeout of 30 s. `reference` is its idempotency key: the same
  // one is charged once. Many services count in minor units: 100.00 USD is 10000, 128 JPY is 128.
  if (!cards.has(reference)) journal.write({ reference, value, currency, card: data.number });
  return await find(reference);
}

/** What has become of a charge whose answer or notification is lost; undefined: no charge. */
// deno-lint-ignore require-await
export async function find(reference) {
  // TODO: ask your service for the charge with this idempotency key or reference.
  if (!cards.has(reference)) return undefined;
  switch (cards.get(reference)) {
    case "4242424242424242":
      return { status: "charged" };
    case "4000000000000077": // until the notification comes
      return { status: "processing" };
    default:
      return { status: "declined", reason: "Your bank declined this card." };
  }
}

/**
 * What the service tells by itself: { id, reference, value, currency, status, reason }, the ID the
 * same when it is sent again; undefined where it was not the service.
 */
export function readNotification(body, headers) {
  // TODO: the header (here Signature), algorithm and fields of your service.
  const secret = process.env.NOTIFICATION_SECRET;
  const signature = Buffer.from(headers.signature ?? "");
  if (!secret) return undefined;
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("hex"));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    return undefined;
  }
  return JSON.parse(body.toString());
}
