"""Headers compared by meaning: order, case and what is stricter than asked make no difference.

What is expected stands in the manifest, and what does not is told as well, unless it is known to be
harmless. Found is a pair (what, expected, got) for each difference.
"""

import re
from collections.abc import Callable, Iterator, Mapping

import httpx

Found = Iterator[tuple[str, str, str]]
NOTHING = "nothing"
HARMLESS = frozenset(
    (
        # The first two are compared on their own.
        *("content-type", "content-encoding", "content-length", "content-language"),
        *("transfer-encoding", "connection", "keep-alive", "date", "server", "last-modified"),
        *("etag", "accept-ranges", "age", "expires", "pragma", "vary", "via", "x-powered-by"),
        *("x-request-id", "server-timing"),
        # Of caches and hosts on the way.
        *("cache-status", "cdn-cache-control", "x-cache", "x-cache-hits", "x-served-by", "x-timer"),
        *("x-nf-request-id", "cf-ray", "cf-cache-status", "x-amz-cf-id", "x-amz-cf-pop"),
        *("x-vercel-id", "x-vercel-cache", "x-github-request-id", "x-fastly-request-id"),
        "x-proxy-cache",
    )
)
"""In small letters. They neither load, keep, send nor allow anything in the buyer's browser."""
SAME_HOST = re.compile(r"""clear|[\w%-]+="?:\d+"?(?:\s*;\s*\w+="?\d+"?)*""", re.ASCII)
"""An alternative in Alt-Svc that is another port or protocol of the same host."""


def compare_headers(expected: Mapping[str, str], served: httpx.Headers, *, https: bool) -> Found:
    for name, value in expected.items():
        # Browsers take no notice of it over http.
        if name == "Strict-Transport-Security" and not https:
            continue
        got = ", ".join(served.get_list(name))
        if not got:
            yield name, value, NOTHING
        else:
            yield from _COMPARE.get(name, _same)(name, value, got)
    known = HARMLESS | {name.lower() for name in expected}
    for name in dict.fromkeys(served):
        value = ", ".join(served.get_list(name))
        if name not in known and not (name == "alt-svc" and _is_same_host(value)):
            yield name.title(), NOTHING, value


def _is_same_host(alternatives: str) -> bool:
    return all(SAME_HOST.fullmatch(each.strip()) for each in alternatives.split(","))


def compare_type(file: str, served: httpx.Headers) -> Found:
    """Browsers render what is called HTML only, and read it as the charset that is named first."""
    expected = "text/html" if file.endswith(".html") else "application/json"
    got = served.get("content-type", "")
    media_type, _, parameters = got.lower().partition(";")
    charset = re.search(r'charset\s*=\s*"?([^\s;"]+)', parameters)
    if media_type.strip() != expected or (charset and charset[1] not in ("utf-8", "utf8")):
        yield "Content-Type", f"{expected}; charset=utf-8", got or NOTHING


def _same(name: str, expected: str, got: str) -> Found:
    if got.strip().lower() != expected.lower():
        yield name, expected, got


def _policy(name: str, expected: str, got: str) -> Found:
    wanted = _directives(expected)
    # Each policy of several holds. One of them has to be ours.
    first, *others = sorted(
        (_directives(policy) for policy in got.split(",") if policy.strip()),
        key=lambda policy: policy != wanted,
    )
    for directive in dict.fromkeys((*wanted, *first)):
        ours, theirs = wanted.get(directive), first.get(directive)
        if ours != theirs:
            yield f"{name} {directive}", _sources(ours), _sources(theirs)
    for other in others:
        text = "; ".join(f"{directive} {_sources(values)}" for directive, values in other.items())
        yield f"{name}, a second one", NOTHING, text


def _directives(policy: str) -> dict[str, frozenset[str]]:
    """Directive -> its sources. Of two that have one name the first holds."""
    found: dict[str, frozenset[str]] = {}
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        if name:
            found.setdefault(name.lower(), frozenset(map(_source, values)))
    # Who may frame the page is everybody where nothing is said.
    found.setdefault("frame-ancestors", frozenset({"*"}))
    return found


def _source(value: str) -> str:
    """Hashes and nonces are told apart by case, keywords and hosts are not."""
    return value if re.match(r"'(sha\d+|nonce)-", value, re.I) else value.lower().rstrip("/")


def _sources(values: frozenset[str] | None) -> str:
    return NOTHING if values is None else " ".join(sorted(values)) or "an empty list"


def _features(name: str, expected: str, got: str) -> Found:
    wanted, given = _allowlists(expected), _allowlists(got)
    for feature, ours in wanted.items():
        theirs = given.get(feature)
        # Less than asked is stricter; but what is not named is the browser's to decide.
        if theirs is None or not theirs <= ours:
            yield f"{name} {feature}", _allowed(ours), _allowed(theirs)
    for feature, theirs in given.items():
        if feature not in wanted and theirs:
            yield f"{name} {feature}", NOTHING, _allowed(theirs)


def _allowlists(policy: str) -> dict[str, frozenset[str]]:
    """Feature -> who may use it. Of two that have one name the last holds (RFC 9651)."""
    members = re.findall(r"([a-z][a-z0-9-]*)\s*=\s*(?:\(([^)]*)\)|([^,\s]+))", policy)
    return {name: frozenset((inner or alone).split()) for name, inner, alone in members}


def _allowed(values: frozenset[str] | None) -> str:
    return NOTHING if values is None else f"({' '.join(sorted(values))})"


def _referrer(name: str, expected: str, got: str) -> Found:
    """Of several the last one holds."""
    if got.lower().split(",")[-1].strip() != expected:
        yield name, expected, got


def _transport(name: str, expected: str, got: str) -> Found:
    """For as long as asked, or longer; with subdomains or without."""
    if _max_age(got) < _max_age(expected):
        yield name, expected, got


def _max_age(value: str) -> int:
    found = re.search(r'max-age\s*=\s*"?(\d+)', value, re.I)
    return int(found[1]) if found else 0


def _cache(name: str, expected: str, got: str) -> Found:
    given = {each.strip().lower() for each in got.split(",")}
    for directive in expected.split(", "):
        if directive not in given and not (directive == "no-cache" and "no-store" in given):
            yield f"{name} {directive}", directive, got


_COMPARE: dict[str, Callable[[str, str, str], Found]] = {
    "Content-Security-Policy": _policy,
    "Permissions-Policy": _features,
    "Referrer-Policy": _referrer,
    "Strict-Transport-Security": _transport,
    "Cache-Control": _cache,
}
