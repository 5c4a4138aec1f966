"""The service's own address, and what it takes for an address or an ID."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Gateway:
    """`url` is the API's own base; a buyer may be sent back to `sellers`, the shops' origins.

    An origin may have * for its subdomains and for its port, as in payframe.toml. Beside the
    sandbox's methods it offers `own_methods`, which an integrator's page adds: they take any data
    and always succeed.
    """

    url: str
    sellers: tuple[str, ...]
    own_methods: tuple[str, ...] = ()

    def returns_to(self, url: str) -> bool:
        origin = origin_of(url)
        return origin is not None and any(fnmatchcase(origin, each) for each in self.sellers)


def origin_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # A name before the host would make "http://shop.example:1@evil.example" look like a shop.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc}"


def whole_number(value: int | str) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
