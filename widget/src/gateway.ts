/** The payment service's API, described in gateway.openapi.yaml: the only module that talks to it. */

import type { Card } from "./card.ts";
import { hasTexts, type PaymentRequest } from "./message.ts";
import type { Action, Amount, Payment, Redirect } from "./payment.ts";

/** No usable answer came: the same request may work later, and may have worked already. */
export class Unreachable extends Error {
  /** `pause` is what the service asks to wait for, in milliseconds. */
  constructor(message: string, readonly pause = 0, cause?: unknown) {
    super(message, { cause });
  }
}

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

/**
 * Milliseconds: how long an answer may take, the pauses before a request is sent again, and the
 * longest pause that a service may ask for.
 */
export interface Patience {
  readonly timeout: number;
  readonly pauses: readonly number[];
  readonly longest: number;
}

const PATIENCE: Patience = { timeout: 15_000, pauses: [500, 1500], longest: 20_000 };

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
      if (error.pause > patience.longest) throw error;
      await rest(Math.max(pause, error.pause));
    }
  }
  throw new Unreachable("given up");
}

/** A pause, which does not end before there is a network again. */
async function rest(milliseconds: number): Promise<void> {
  await new Promise((resume) => setTimeout(resume, milliseconds));
  if (navigator.onLine !== false) return;
  await new Promise((resume) => addEventListener("online", resume, { once: true }));
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
    throw new Unreachable("no answer", 0, cause);
  }
  if (response.ok && isPayment(body)) return body;
  if (!response.ok && isProblem(body) && response.status < 500 && response.status !== 429) {
    throw new Refused(body.code, body.detail);
  }
  throw new Unreachable(`HTTP ${response.status}`, retryAfter(response.headers));
}

/** Retry-After in milliseconds: it comes in seconds or as a date (RFC 9110). */
function retryAfter(headers: Headers): number {
  const value = headers.get("Retry-After") ?? "";
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return milliseconds > 0 ? milliseconds : 0;
}

const STATUSES: unknown[] = ["open", "processing", "action_required", "paid", "failed", "expired"];

export function isPayment(value: unknown): value is Payment {
  return hasTexts(value, "id", "description") && STATUSES.includes(value.status) &&
    isAmount(value.amount) &&
    Array.isArray(value.methods) && value.methods.every(isMethod) &&
    (value.action === null || isAction(value.action)) &&
    (value.error === null || hasTexts(value.error, "code", "message"));
}

function isProblem(value: unknown): value is { code: string; detail: string } {
  return hasTexts(value, "code", "detail");
}

function isAmount(value: unknown): boolean {
  return hasTexts(value, "value", "currency") &&
    /^\d+(\.\d+)?$/.test(value.value) && /^[A-Z]{3}$/.test(value.currency);
}

function isMethod(value: unknown): boolean {
  return hasTexts(value, "type", "label") &&
    (value.logo === undefined || hasTexts(value, "logo"));
}

function isAction(value: unknown): value is Action {
  return hasTexts(value, "type") && (value.type !== "redirect" || isRedirect(value));
}

export function isRedirect(value: Action | null): value is Redirect {
  return hasTexts(value, "url") && value.type === "redirect" &&
    (value.target === "frame" || value.target === "top");
}
