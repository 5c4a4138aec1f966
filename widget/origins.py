"""Origins as browsers see them, and which of them a pattern of payframe.toml means.

widget/src/origin.ts decides the same in the page; tests/origins.json holds the cases of both.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

_HOST = r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?|\[[0-9a-f:]+\]"
_URL = re.compile(rf"(https?)://({_HOST})(?::([0-9]{{1,5}}))?(?:[/?#].*)?", re.I | re.A | re.S)
_PATTERN = re.compile(rf"(https?)://(\*\.)?({_HOST})(?::([0-9]{{1,5}}|\*))?", re.A)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# The browser reads a host as an IPv4 address where its last label is a number.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True)
class Pattern:
    """Origins in one word. `subdomains` is `*.`, `port` None is `:*`."""

    scheme: str
    host: str
    port: int | None
    subdomains: bool


def origin_of(url: str) -> str | None:
    """The origin that a browser goes to for `url`, as it writes it; None where that is not http(s).

    Also None for what browsers mend in ways of their own: a backslash, a name before the host, a
    host that is not ASCII, a short IPv4 address. Nobody needs to write an address so.
    """
    found = _URL.fullmatch(url)
    host = _host(found[2].lower()) if found else None
    if not found or not host:
        return None
    scheme = found[1].lower()
    port = int(found[3] or _DEFAULT_PORTS[scheme])
    if port > 65535:
        return None
    return f"{scheme}://{host}" + (f":{port}" if port != _DEFAULT_PORTS[scheme] else "")


def parse_pattern(text: str) -> Pattern | None:
    """An origin in lower case, with `*.` for one or more labels before its host (never for the host
    itself), and `:*` for any port, as CSP has them. No port is the scheme's own."""
    found = _PATTERN.fullmatch(text)
    host = _host(found[3]) if found else None
    if not found or not host:
        return None
    if found[2] and (host.startswith("[") or _ends_in_number(host)):
        return None  # an address has no subdomains
    port = None if found[4] == "*" else int(found[4] or _DEFAULT_PORTS[found[1]])
    if port is not None and port > 65535:
        return None
    return Pattern(found[1], host, port, bool(found[2]))


def matches(pattern: str, origin: str) -> bool:
    """Whether `pattern` means `origin`, which has to be written as browsers do."""
    wanted, given = parse_pattern(pattern), parse_pattern(origin)
    if not wanted or not given or origin_of(origin) != origin:
        return False
    same_host = (
        given.host.endswith(f".{wanted.host}") if wanted.subdomains else given.host == wanted.host
    )
    return same_host and given.scheme == wanted.scheme and wanted.port in (None, given.port)


def _host(text: str) -> str | None:
    """A host in lower case as browsers write it."""
    try:
        if text.startswith("["):
            address = IPv6Address(text[1:-1])
            return f"[{address.compressed}]" if address.ipv4_mapped is None else None
        if _ends_in_number(text):
            return str(IPv4Address(text))
    except ValueError:
        return None
    return text


def _ends_in_number(host: str) -> bool:
    return _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None
