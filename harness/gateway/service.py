"""The service's own address, and what it takes for an address or an ID."""

from dataclasses import dataclass

from payframe.widget.origins import matches, origin_of


@dataclass(frozen=True)
class Gateway:
    """`url` is the API's own base; a buyer may be sent back to `sellers`, the shops' origins.

    An origin may have * for its subdomains and for its port, as in payframe.toml.
    """

    url: str
    sellers: tuple[str, ...]

    def returns_to(self, url: str) -> bool:
        origin = origin_of(url)
        return origin is not None and any(matches(each, origin) for each in self.sellers)


def whole_number(value: int | str) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
