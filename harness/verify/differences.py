"""All that differs between a server and a manifest."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from payframe.widget.elements import digest
from payframe.widget.manifest import MANIFEST, Manifest, read_manifest

from .bodies import compare_body, compare_script
from .difference import Difference, seen_in
from .engines import FRAME, SCRIPT, WORDS, Asked, ways_to_ask
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
                is_page = name == "index.html"
                file = url if is_page else urljoin(url, name)
                compare = partial(_compare, name, manifest, dist)
                found += _of_file(client, file, FRAME if is_page else WORDS, compare)
        for load in manifest["loads"]:
            if load["kind"] == "script":
                compare = partial(compare_script, load["integrity"])
                found += _of_file(client, load["url"], SCRIPT, compare)
    return found


def scripts_without_integrity(dist: Path) -> dict[str, str]:
    """URL -> sha384 today, of the scripts that the page runs whatever they are.

    Whoever keeps what it says sees when one has changed. Raises VerifyError.
    """
    manifest = read_manifest(dist)
    asked = next(ways_to_ask(SCRIPT))
    with new_client() as client:
        return {
            load["url"]: digest("sha384", fetch(client, load["url"], asked).body or b"")
            for load in (manifest["loads"] if manifest else ())
            if load["kind"] == "script" and load["integrity"] is None
        }


def _of_file(
    client: httpx.Client, url: str, kind: dict[str, str], compare: Callable[[Served], Found]
) -> list[Difference]:
    ways = list(ways_to_ask(kind))
    found: dict[tuple[str, str, str, str], list[Asked]] = {}
    for asked in ways:
        for what, expected, got in compare(fetch(client, url, asked)):
            found.setdefault((url, what, expected, got), []).append(asked)
    return [seen_in(key, seen, ways) for key, seen in found.items()]


def _compare(name: str, manifest: Manifest, dist: Path, served: Served) -> Found:
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
