/** The message that the shop's page posts: checked once, here; after that its type is exact. */

import { isRecord } from "./guards.ts";
import { safeReturnUrl } from "./origin.ts";

/** What is to be paid, in the platform's own names. */
interface SystemParams {
  readonly PAYMENT_ID: string;
  readonly PAYSYSTEM_ID: string;
  /** A decimal without a sign, as it came; numbers as their digits. */
  readonly SUM: string;
  readonly CURRENCY: string;
}

/** What the shop's message says of the payment, and of the shop: BX_SYSTEM_PARAMS, FIELDS and the style. */
export interface Handshake extends SystemParams {
  /** RETURN_URL, where it may be followed: it is at the shop's own origin. */
  readonly returnUrl: string | undefined;
  /** The values of FIELDS. */
  readonly fields: Readonly<Record<string, string>>;
  /** BX_COMPUTED_STYLE, unchecked; `theme` takes from it what it knows. */
  readonly style: unknown;
}

/** A message that means this page but lacks something. */
export interface Incomplete {
  readonly missing: string;
}

const MAX_FIELDS = 100;
const MAX_LENGTH = 4096;

/**
 * The handshake in a message from `origin`; what it lacks; or undefined for a message that means
 * somebody else.
 */
export function readMessage(data: unknown, origin: string): Handshake | Incomplete | undefined {
  if (!isRecord(data)) return undefined;
  const system = own(data, "BX_SYSTEM_PARAMS");
  const style = own(data, "BX_COMPUTED_STYLE");
  if (!isRecord(system)) {
    return style === undefined ? undefined : { missing: "BX_SYSTEM_PARAMS" };
  }
  const params = {} as Record<keyof SystemParams, string>;
  for (const name of ["PAYMENT_ID", "PAYSYSTEM_ID", "SUM", "CURRENCY"] as const) {
    const value = text(own(system, name));
    if (!value) return { missing: `BX_SYSTEM_PARAMS.${name}` };
    params[name] = value;
  }
  return {
    ...params,
    returnUrl: safeReturnUrl(text(own(system, "RETURN_URL")) ?? "", origin),
    fields: readFields(data),
    style,
  };
}

function readFields(data: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(data).slice(0, MAX_FIELDS)) {
    const known = text(value);
    if (!name.startsWith("BX_") && known !== undefined) fields[name] = known;
  }
  return fields;
}

/** Live portals write every value as a string, older ones wrote numbers; all else counts as absent. */
function text(value: unknown): string | undefined {
  if (Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.length <= MAX_LENGTH ? value : undefined;
}

/** A property of the object itself: what its prototype carries was not sent. */
function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
