/** Which origins may show the page, and where it may send the buyer. */

/**
 * Whether `origin` is one of `allowed`; an empty list allows every origin that has a name. An
 * entry may have `*.` before its host for every subdomain, and `:*` for every port.
 */
export function isAllowedSeller(origin: string, allowed: readonly string[]): boolean {
  const url = webUrl(origin);
  if (url?.origin !== origin) return false;
  return allowed.length === 0 || allowed.some((pattern) => matches(url, pattern));
}

/** By the parts of both origins: `*.` is one or more whole labels, as in frame-ancestors. */
function matches(url: URL, pattern: string): boolean {
  const anyPort = pattern.endsWith(":*");
  const base = webUrl((anyPort ? pattern.slice(0, -2) : pattern).replace("://*.", "://"));
  if (base?.protocol !== url.protocol || !anyPort && base.port !== url.port) return false;
  return pattern.includes("://*.")
    ? /^[^.*]/.test(url.hostname) && url.hostname.endsWith(`.${base.hostname}`)
    : url.hostname === base.hostname;
}

/** RETURN_URL if it may be followed: http(s), and at the seller's own origin. */
export function safeReturnUrl(returnUrl: string, seller: string): string | undefined {
  const url = webUrl(returnUrl);
  return url?.origin === seller ? url.href : undefined;
}

/** A page where the buyer confirms: any origin, since a bank has its own, but only http(s). */
export function safeActionUrl(action: string): string | undefined {
  return webUrl(action)?.href;
}

/** An http(s) URL. URL.parse is not in every browser yet. */
function webUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
