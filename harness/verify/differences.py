"""All that differs between a server and a manifest."""

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from payframe.widget.manifest import MANIFEST, Manifest, read_manifest

from .bodies import compare_body
from .difference import Difference, seen_in
from .engines import Asked, ways_to_ask
from .fetch import Served, VerifyError, fetch, new_client
from .headers import Found, compare_headers, compare_type

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def differences(url: str, dist: Path) -> list[Difference]:
    """What is served at `url` and beside it, compared with dist/manifest.json.

    Each file is asked for as Chrome, Firefox and Safari do, plain, with gzip and with brotli; the
    page also with and without a Referer. Raises VerifyError.
    """
    manifest = read_manifest(dist)
    if manifest is None:
        raise VerifyError(f"{dist / MANIFEST} cannot be read: run payframe build.")
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise VerifyError(f"{url} is no URL that starts with https:// or http://.")
    found = []
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        found.append(Difference(url, "scheme", "https", "http"))
    with new_client() as client:
        for name, item in manifest["files"].items():
            if item["public"]:
                file = url if name == "index.html" else urljoin(url, name)
                found += _of_file(client, file, name, manifest, dist)
    return found


def _of_file(
    client: httpx.Client, url: str, name: str, manifest: Manifest, dist: Path
) -> list[Difference]:
    ways = list(ways_to_ask(name))
    found: dict[tuple[str, str, str, str], list[Asked]] = {}
    for asked in ways:
        served = fetch(client, url, asked)
        for what, expected, got in _compare(name, served, manifest, dist):
            found.setdefault((url, what, expected, got), []).append(asked)
    return [seen_in(key, seen, ways) for key, seen in found.items()]


def _compare(name: str, served: Served, manifest: Manifest, dist: Path) -> Found:
    if served.status != 200:
        to = f" to {served.headers['location']}" if "location" in served.headers else ""
        yield "status", "200", f"{served.status}{to}"
        return
    coding = served.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", served.asked.coding):
        yield "Content-Encoding", f"{served.asked.coding}, which was asked for", coding
    if served.body is None:
        yield "body", f"what can be decoded as {coding}", "something else"
    else:
        yield from compare_body(name, served.body, manifest, dist)
    https = served.url.startswith("https:")
    yield from compare_headers(manifest["headers"], served.headers, https=https)
    yield from compare_type(name, served.headers)
