/** The payment service's API, described in gateway.openapi.yaml: the only module on the network. */

import type { Card } from "./card.ts";
import { isRecord, type PaymentRequest } from "./message.ts";
import type { Amount, Payment } from "./payment.ts";

/** No usable answer came: the same request may work later, and may have worked already. */
export class Unreachable extends Error {}

/** The gateway said no; the message is its sentence for the buyer. */
export class Refused extends Error {
  constructor(readonly code: string, sentence: string) {
    super(sentence);
  }
}

export interface NewAttempt {
  readonly method: string;
  /** What the buyer was shown. */
  readonly amount: Amount;
  readonly return_url: string;
  readonly card?: Card;
}

export interface Gateway {
  open(request: PaymentRequest, signal: AbortSignal): Promise<Payment>;
  read(payment: Payment, signal: AbortSignal): Promise<Payment>;
  attempt(
    payment: Payment,
    attempt: NewAttempt,
    key: string,
    signal: AbortSignal,
  ): Promise<Payment>;
}

/** Milliseconds: how long an answer may take, and the pauses before a request is sent again. */
export interface Patience {
  readonly timeout: number;
  readonly pauses: readonly number[];
}

const PATIENCE: Patience = { timeout: 15_000, pauses: [500, 1500] };

/** The API at the URL `base`. Every call throws Unreachable, Refused. */
export function connectGateway(base: string, patience: Patience = PATIENCE): Gateway {
  const payments = `${base.replace(/\/$/, "")}/payments`;
  const send = (url: string, init: RequestInit, signal: AbortSignal) =>
    persist(url, init, patience, signal);
  return {
    open: (request, signal) =>
      send(
        payments,
        post({
          payment_id: request.paymentId,
          paysystem_id: request.paySystemId,
          fields: request.fields,
        }),
        signal,
      ),
    read: (payment, signal) => send(`${payments}/${encodeURIComponent(payment.id)}`, {}, signal),
    attempt: (payment, attempt, key, signal) =>
      send(
        `${payments}/${encodeURIComponent(payment.id)}/attempts`,
        post(attempt, { "Idempotency-Key": key }),
        signal,
      ),
  };
}

function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** Every request is safe to repeat: by its nature, or by its Idempotency-Key. */
async function persist(
  url: string,
  init: RequestInit,
  patience: Patience,
  signal: AbortSignal,
): Promise<Payment> {
  for (const pause of [...patience.pauses, undefined]) {
    try {
      return await once(url, init, patience.timeout, signal);
    } catch (error) {
      if (!(error instanceof Unreachable) || pause === undefined || signal.aborted) throw error;
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }
  throw new Unreachable();
}

async function once(
  url: string,
  init: RequestInit,
  timeout: number,
  signal: AbortSignal,
): Promise<Payment> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, {
      ...init,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    body = await response.json();
  } catch (cause) {
    throw new Unreachable("no answer", { cause });
  }
  if (response.ok && isPayment(body)) return body;
  if (!response.ok && isProblem(body) && response.status < 500 && response.status !== 429) {
    throw new Refused(body.code, body.detail);
  }
  throw new Unreachable(`HTTP ${response.status}`);
}

function isProblem(value: unknown): value is { code: string; detail: string } {
  return isRecord(value) && typeof value.code === "string" && typeof value.detail === "string";
}

const STATUSES: unknown[] = ["open", "processing", "action_required", "paid", "failed", "expired"];

export function isPayment(value: unknown): value is Payment {
  return isRecord(value) && typeof value.id === "string" &&
    STATUSES.includes(value.status) && isAmount(value.amount) &&
    typeof value.description === "string" &&
    Array.isArray(value.methods) && value.methods.every(isMethod) &&
    (value.action === null || isAction(value.action)) &&
    (value.error === null || isFailure(value.error));
}

function isAmount(value: unknown): boolean {
  return isRecord(value) && typeof value.value === "string" &&
    /^\d+(\.\d+)?$/.test(value.value) && typeof value.currency === "string" &&
    /^[A-Z]{3}$/.test(value.currency);
}

function isMethod(value: unknown): boolean {
  return isRecord(value) && typeof value.type === "string" && typeof value.label === "string";
}

function isAction(value: unknown): boolean {
  return isRecord(value) && value.type === "redirect" && typeof value.url === "string" &&
    (value.target === "frame" || value.target === "top");
}

function isFailure(value: unknown): boolean {
  return isRecord(value) && typeof value.code === "string" && typeof value.message === "string";
}
