/** What comes from outside is `unknown` until one of these guards has looked at it. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return Object(value) === value && !Array.isArray(value);
}

/** Whether all of these members are strings. */
export function hasTexts<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): value is Record<string, unknown> & Record<Name, string> {
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}
