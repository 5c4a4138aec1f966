/** Which origins may show the page, and where it may send the buyer. */

/**
 * Whether `origin` is one of `allowed`; an empty list allows every origin that has a name. An
 * entry may have `*.` before its host for every subdomain, and `:*` for every port.
 */
export function isAllowedSeller(origin: string, allowed: readonly string[]): boolean {
  const url = parse(origin);
  if (!url || !isHttp(url) || url.origin !== origin) return false;
  return allowed.length === 0 || allowed.some((pattern) => matches(url, pattern));
}

function matches(url: URL, pattern: string): boolean {
  const anyPort = pattern.endsWith(":*");
  const base = parse((anyPort ? pattern.slice(0, -2) : pattern).replace("://*.", "://"));
  if (!base || base.protocol !== url.protocol || (!anyPort && base.port !== url.port)) return false;
  return pattern.includes("://*.")
    ? url.hostname.endsWith(`.${base.hostname}`)
    : url.hostname === base.hostname;
}

/** RETURN_URL if it may be followed: http(s), and at the seller's own origin. */
export function safeReturnUrl(returnUrl: string, seller: string): string | undefined {
  const url = parse(returnUrl);
  return url && isHttp(url) && url.origin === seller ? url.href : undefined;
}

/** A page where the buyer confirms: any origin, since a bank has its own, but only http(s). */
export function safeActionUrl(action: string): string | undefined {
  const url = parse(action);
  return url && isHttp(url) ? url.href : undefined;
}

function isHttp(url: URL): boolean {
  return url.protocol === "https:" || url.protocol === "http:";
}

/** URL.parse, for browsers that do not have it yet. */
function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
