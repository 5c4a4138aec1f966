/** The payment service's API, described in gateway.openapi.yaml: the only module that talks to it. */

import { hasTexts } from "./guards.ts";
import type { Handshake } from "./message.ts";
import type { Amount, Payment } from "./payment.ts";

/** No usable answer came: the same request may work later, and may have worked already. */
export class UnreachableError extends Error {
  /** `pause` is what the service asks to wait for, in milliseconds. */
  constructor(readonly pause = 0) {
    super();
  }
}

/** The gateway said no, or the method with NOT_SENT; the message is the sentence for the buyer. */
export class RefusedError extends Error {
  constructor(readonly code: string, sentence: string) {
    super(sentence);
  }
}

export interface NewAttempt {
  readonly method: string;
  /** What the buyer was shown. */
  readonly amount: Amount;
  readonly return_url: string;
  /** What the method asked the buyer for; it and the gateway know what the members mean. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Gateway {
  open(handshake: Handshake, signal: AbortSignal): Promise<Payment>;
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
export interface RetryPolicy {
  readonly timeout: number;
  readonly pauses: readonly number[];
  readonly longest: number;
}

const RETRY: RetryPolicy = { timeout: 15_000, pauses: [500, 1500], longest: 20_000 };

/**
 * The API at the URL `base`, asked for words in `languages()`, the value of Accept-Language. Every
 * call throws UnreachableError, RefusedError.
 */
export function connectGateway(
  base: string,
  languages: () => string,
  policy: RetryPolicy = RETRY,
): Gateway {
  const payments = `${base.replace(/\/$/, "")}/payments`;
  const address = ({ id }: Payment) => `${payments}/${encodeURIComponent(id)}`;

  /** Every request is safe to send again: by its nature, or by its Idempotency-Key. */
  async function call(url: string, signal: AbortSignal, init?: RequestInit): Promise<Payment> {
    for (let tries = 0;; tries++) {
      try {
        return await send(
          url,
          AbortSignal.any([signal, AbortSignal.timeout(policy.timeout)]),
          { ...init, headers: { "Accept-Language": languages(), ...init?.headers } },
        );
      } catch (error) {
        const milliseconds = policy.pauses[tries];
        if (
          !(error instanceof UnreachableError) || milliseconds === undefined || signal.aborted ||
          error.pause > policy.longest
        ) throw error;
        await pause(Math.max(milliseconds, error.pause));
      }
    }
  }

  return {
    open: ({ PAYMENT_ID, PAYSYSTEM_ID, fields }, signal) =>
      call(
        payments,
        signal,
        post({ payment_id: PAYMENT_ID, paysystem_id: PAYSYSTEM_ID, fields }),
      ),
    read: (payment, signal) => call(address(payment), signal),
    attempt: (payment, attempt, key, signal) =>
      call(`${address(payment)}/attempts`, signal, post(attempt, { "Idempotency-Key": key })),
  };
}

function post(body: unknown, headers?: Record<string, string>): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** Does not end before there is a network again. */
async function pause(milliseconds: number): Promise<void> {
  await new Promise((resume) => setTimeout(resume, milliseconds));
  if (navigator.onLine !== false) return;
  await new Promise((resume) => addEventListener("online", resume, { once: true }));
}

async function send(url: string, signal: AbortSignal, init: RequestInit): Promise<Payment> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...init, signal, credentials: "omit" });
    body = await response.json();
  } catch {
    throw new UnreachableError();
  }
  if (response.ok && isPayment(body)) return body;
  if (!response.ok && isProblem(body) && response.status < 500 && response.status !== 429) {
    throw new RefusedError(body.code, body.detail);
  }
  throw new UnreachableError(retryAfter(response.headers));
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
    (value.action === null || hasTexts(value.action, "type")) &&
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
