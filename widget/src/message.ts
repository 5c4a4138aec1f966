/** What the seller's page posts: checked once, here; after that its type is exact. */

export interface PaymentRequest {
  readonly paymentId: string;
  readonly paySystemId: string;
  /** A decimal without a sign, as it came; numbers as their digits. */
  readonly sum: string;
  readonly currency: string;
  readonly returnUrl: string;
  /** The values of FIELDS. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Handshake {
  readonly request: PaymentRequest;
  /** BX_COMPUTED_STYLE, unchecked; `theme` takes from it what it knows. */
  readonly style: unknown;
}

/** A message that means this page but lacks something. */
export interface Incomplete {
  readonly missing: string;
}

const MAX_FIELDS = 100;
const MAX_LENGTH = 4096;

/** The handshake in `data`; what it lacks; or undefined for a message that means somebody else. */
export function readMessage(data: unknown): Handshake | Incomplete | undefined {
  if (!isRecord(data)) return undefined;
  const system = own(data, "BX_SYSTEM_PARAMS");
  if (!isRecord(system)) {
    return own(data, "BX_COMPUTED_STYLE") === undefined
      ? undefined
      : { missing: "BX_SYSTEM_PARAMS" };
  }
  const values: Record<string, string> = {};
  for (const name of ["PAYMENT_ID", "PAYSYSTEM_ID", "SUM", "CURRENCY"]) {
    const value = text(own(system, name));
    if (!value) return { missing: `BX_SYSTEM_PARAMS.${name}` };
    values[name] = value;
  }
  const request = {
    paymentId: values.PAYMENT_ID!,
    paySystemId: values.PAYSYSTEM_ID!,
    sum: values.SUM!,
    currency: values.CURRENCY!,
    returnUrl: text(own(system, "RETURN_URL")) ?? "",
    fields: readFields(data),
  };
  return { request, style: own(data, "BX_COMPUTED_STYLE") };
}

function readFields(data: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(data).slice(0, MAX_FIELDS)) {
    const known = text(value);
    if (!name.startsWith("BX_") && known !== undefined) fields[name] = known;
  }
  return fields;
}

/** Numbers and strings both occur for every value; anything else counts as absent. */
function text(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.length <= MAX_LENGTH ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether all of these members are strings. */
export function hasTexts<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): value is Record<string, unknown> & Record<Name, string> {
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}

/** A property of the object itself: what its prototype carries was not sent. */
function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
