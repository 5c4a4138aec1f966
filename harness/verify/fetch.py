"""A file as a server sends it to the frame of a seller's page, in each content coding."""

import gzip
import io
import zlib
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import brotli
import httpx

from payframe.authorities import usual_authorities
from payframe.errors import PayframeError

from .engines import Asked

TIMEOUT = 15.0
"""Seconds."""
MOST = 8 * 1024 * 1024
"""Bytes of an answer that are read; what is longer is no page of ours."""


class VerifyError(PayframeError):
    """The comparison could not be made; the message says why."""


@dataclass(frozen=True)
class Served:
    """`body` is after content decoding; None where it cannot be decoded."""

    url: str
    asked: Asked
    status: int
    headers: httpx.Headers
    body: bytes | None


def new_client() -> httpx.Client:
    """Every answer is that to a buyer who comes for the first time: no cookie is kept."""
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.Client(cookies=jar, verify=usual_authorities())


def fetch(client: httpx.Client, url: str, asked: Asked) -> Served:
    """One GET that follows no redirect. Raises VerifyError."""
    try:
        with client.stream("GET", url, headers=asked.headers, timeout=TIMEOUT) as response:
            raw = bytearray()
            for chunk in response.iter_raw():
                raw += chunk
                if len(raw) > MOST:
                    raise VerifyError(f"{url} sends more than {MOST:,} bytes.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise VerifyError(f"{url} cannot be read: {error or type(error).__name__}") from error
    body = _decode(bytes(raw), response.headers.get("content-encoding", "identity"))
    if body is not None and len(body) > MOST:
        raise VerifyError(f"{url} sends what becomes more than {MOST:,} bytes when decoded.")
    return Served(url, asked, response.status_code, response.headers, body)


def _decode(raw: bytes, coding: str) -> bytes | None:
    """The content; of one that is larger than MOST, a byte more than MOST."""
    try:
        match coding.strip().lower():
            case "identity":
                return raw
            case "gzip" | "x-gzip":
                with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
                    return file.read(MOST + 1)
            case "br":
                return _brotli(raw)
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
    return None


def _brotli(raw: bytes) -> bytes | None:
    """Raises brotli.error."""
    decoder = brotli.Decompressor()
    content = bytearray(decoder.process(raw, output_buffer_limit=MOST + 1))
    while not decoder.is_finished() and len(content) <= MOST:
        more = decoder.process(b"", output_buffer_limit=MOST + 1)
        if not more:
            return None  # it ends too early
        content += more
    return bytes(content[: MOST + 1])
