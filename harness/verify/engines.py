"""How each browser engine asks: who injects something often does it for some buyers only."""

from collections.abc import Iterator
from dataclasses import dataclass

CODINGS = ("identity", "gzip", "br")
REFERER = "https://shop.example/"
"""What a browser says of the seller's page, to another site: its origin."""
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9"
ENGINES = {
    "Chrome": {
        "sec-ch-ua": '"Chromium";v="156", "Google Chrome";v="156", "Not_A Brand";v="99"',
        "sec-ch-ua-mobile": "?0",
        "sec-ch-ua-platform": '"Windows"',
        "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
        "Gecko) Chrome/156.0.0.0 Safari/537.36",
        "Accept": f"{HTML},image/avif,image/webp,image/apng,*/*;q=0.8,"
        "application/signed-exchange;v=b3;q=0.7",
        "Accept-Language": "en-US,en;q=0.9",
    },
    "Firefox": {
        "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:158.0) Gecko/20100101 "
        "Firefox/158.0",
        "Accept": f"{HTML},*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Priority": "u=4",
    },
    "Safari": {
        "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
        "Accept": f"{HTML},*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.9",
    },
}
FRAME = {
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "iframe",
}
"""The page, in the frame of a seller's page."""
WORDS = {
    "Accept": "*/*",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}
"""A file that the page's script fetches. It never says where from: its Referrer-Policy."""

SCRIPT = {
    "Accept": "*/*",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "no-cors",
    "Sec-Fetch-Dest": "script",
}
"""A script of a payment provider, which the page loads."""


@dataclass(frozen=True)
class Asked:
    """One way to ask."""

    engine: str
    referer: bool
    coding: str
    headers: dict[str, str]


def ways_to_ask(kind: dict[str, str]) -> Iterator[Asked]:
    """For the page (FRAME), one of its WORDS or a SCRIPT."""
    is_page = kind is FRAME
    for engine, headers in ENGINES.items():
        for referer in (False, True) if is_page else (False,):
            for coding in CODINGS:
                asked = {**headers, **kind, "Accept-Encoding": coding}
                if referer:
                    asked["Referer"] = REFERER
                yield Asked(engine, referer, coding, asked)
