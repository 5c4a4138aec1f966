"""Whether anything listens at the address of a URL, found out without a browser."""

import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from .hosts import loopback
from .reasons import NO_HOST, NOBODY_LISTENS

TIMEOUT = 2.0
"""Seconds. What takes longer is left to the browser, which has more time."""
PORTS = {"http": 80, "https": 443}


def why_unreachable(url: str) -> str | None:
    """Why no connection can be made, as the end of a sentence; None where one can.

    Only what is certain is told: where a proxy leads to the host, or an answer takes long, the
    browser has to find out.
    """
    address = urlsplit(url)
    host = address.hostname or ""
    if address.scheme in getproxies() and not proxy_bypass(host):
        return None
    # Browsers know localhost and what is below it without asking for the name.
    name = "localhost" if loopback(url) and host.endswith("localhost") else host
    try:
        socket.create_connection((name, address.port or PORTS[address.scheme]), TIMEOUT).close()
    except socket.gaierror:
        return NO_HOST
    except ConnectionRefusedError:
        return NOBODY_LISTENS
    except OSError:
        return None
    return None


def why_each_unreachable(urls: list[str]) -> list[str | None]:
    """The same for several URLs, all at once."""
    with ThreadPoolExecutor(max_workers=max(1, len(urls))) as threads:
        return list(threads.map(why_unreachable, urls))
