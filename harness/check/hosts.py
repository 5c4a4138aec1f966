"""What the host of a URL says."""

import ipaddress
from urllib.parse import urlsplit


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def loopback(url: str) -> bool:
    """Whether a URL is of this machine alone, which browsers trust without https."""
    name = host(url)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def insecure(url: str) -> bool:
    """Whether a URL leads over a network without https."""
    return url.startswith("http://") and not loopback(url)


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one owner, as far as their hosts tell.

    The same host, or names under one of at least two parts. co.uk is not known as what it is: two
    of its sites are taken for one.
    """
    first, second = host(one), host(other)
    if first == second:
        return True
    if any(name.replace(".", "").isdigit() or ":" in name for name in (first, second)):
        return False
    return "." in first and first.split(".")[-2:] == second.split(".")[-2:]
