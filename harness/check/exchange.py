"""Requests to a server under test, kept with what came back."""

import time
from collections.abc import Mapping

import httpx

from payframe.authorities import usual_authorities

from .recording import Request

PATIENCE = 20.0
"""Seconds that an answer may take."""
LARGEST = 1_000_000
"""Bytes that are read of an answer."""
KEPT = 20_000
"""Characters that are kept of what was sent, and of an answer."""
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class TooLongError(Exception):
    """An answer has taken too long, or is too large; the message says which."""


def new_client() -> httpx.Client:
    """What requests are made with. None leaves a cookie to the next, which is another buyer's."""
    return httpx.Client(timeout=PATIENCE, follow_redirects=False, verify=usual_authorities())


def exchange(
    client: httpx.Client,
    method: str,
    url: str,
    body: str | bytes = "",
    headers: Mapping[str, str] | None = None,
) -> Request:
    """Send one request, and keep what came back. No redirect is followed. Never raises."""
    client.cookies.clear()
    content = body.encode() if isinstance(body, str) else body
    lines = [f"{name}: {value}" for name, value in (headers or {}).items()]
    sent = "\n".join([*lines, "", content[:KEPT].decode(errors="replace")])
    began = time.time()
    status: int | None = None
    answered: dict[str, str] = {}
    received = bytearray()
    failure = None
    try:
        with client.stream(method, url, content=content or None, headers=headers) as response:
            status = response.status_code
            answered = dict(response.headers)
            for chunk in response.iter_bytes():
                received += chunk
                if len(received) > LARGEST:
                    raise TooLongError(f"the answer is larger than {LARGEST:,} bytes")
                if time.time() - began > PATIENCE:
                    raise TooLongError(f"no whole answer within {PATIENCE:g} seconds")
    except TooLongError as error:
        failure = str(error)
    except httpx.TimeoutException:
        failure = f"no answer within {PATIENCE:g} seconds"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        failure = str(error) or type(error).__name__
    return Request(
        url=url,
        method=method,
        type="fetch",
        time=time.time() - began,
        status=status,
        headers=answered,
        failure=failure,
        sent=sent,
        received=received.decode(errors="replace")[:KEPT],
    )
