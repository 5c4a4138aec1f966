"""A file as a server sends it to the frame of a seller's page, in each content coding."""

import gzip
import zlib
from dataclasses import dataclass

import brotli
import httpx

from payframe.errors import PayframeError

TIMEOUT = 15.0
"""Seconds."""
MOST = 8 * 1024 * 1024
"""Bytes of an answer that are read; what is longer is no page of ours."""
CODINGS = ("identity", "gzip", "br")
# Who injects a script often does it for browsers only, and for the frame only.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en",
    "Sec-Fetch-Dest": "iframe",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "cross-site",
}


class VerifyError(PayframeError):
    """The comparison could not be made; the message says why."""


@dataclass(frozen=True)
class Served:
    """`body` is after content decoding; None where it cannot be decoded."""

    url: str
    asked: str
    status: int
    headers: httpx.Headers
    body: bytes | None


def fetch(client: httpx.Client, url: str, coding: str) -> Served:
    """One GET that follows no redirect. Raises VerifyError."""
    asked = {**BROWSER, "Accept-Encoding": coding}
    try:
        with client.stream("GET", url, headers=asked, timeout=TIMEOUT) as response:
            raw = bytearray()
            for chunk in response.iter_raw():
                raw += chunk
                if len(raw) > MOST:
                    raise VerifyError(f"{url} sends more than {MOST:,} bytes.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise VerifyError(f"{url} cannot be read: {error or type(error).__name__}") from error
    body = _decode(bytes(raw), response.headers.get("content-encoding", "identity"))
    return Served(url, coding, response.status_code, response.headers, body)


def _decode(raw: bytes, coding: str) -> bytes | None:
    try:
        match coding.strip().lower():
            case "identity":
                return raw
            case "gzip" | "x-gzip":
                return gzip.decompress(raw)
            case "br":
                decoded: bytes = brotli.decompress(raw)
                return decoded
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
    return None
