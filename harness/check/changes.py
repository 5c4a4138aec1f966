"""Waits until what is checked has changed: its files, or what its server answers."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import watchfiles
from payframe.widget.elements import find_elements

from payframe.authorities import usual_authorities
from payframe.errors import PayframeError

POLLING = 1.0
"""Seconds between two looks at what a server answers."""
STARTING = 50
"""Milliseconds in which the first look at files ends."""
TIMEOUT = 10.0


class WatchError(PayframeError):
    """Nothing can be watched; the message says what to do."""


def of_files(folder: Path, but: Path | None = None) -> Iterator[list[str]]:
    """Yield at once, and then after every change in a folder the names of its files that changed.

    A change that comes between two steps is not lost. `but` is a folder in it that is not watched:
    a check writes its report there.
    """
    if not folder.is_dir():
        raise WatchError(f"{folder} is no folder that can be watched.")
    root = folder.resolve()
    left_out = but.resolve() if but else None
    usual = watchfiles.DefaultFilter()

    def counts(change: watchfiles.Change, path: str) -> bool:
        written = left_out is not None and Path(path).is_relative_to(left_out)
        return not written and usual(change, path)

    looks = watchfiles.watch(
        root, watch_filter=counts, yield_on_timeout=True, rust_timeout=STARTING
    )
    next(looks)
    yield []
    for changed in looks:
        if changed:
            yield sorted({Path(path).relative_to(root).as_posix() for _, path in changed})


def of_answers(urls: Sequence[str]) -> Iterator[list[str]]:
    """Yield at once, and then the pages that are other ones, or have another script or style.

    Scripts and styles count where they are the page's own server's. A server that does not answer
    is waited for. Raises WatchError for a page that is another one each time it is asked for.
    """
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True, verify=usual_authorities()) as client:
        known = {url: fingerprint(client, url) for url in urls}
        for url, seen in known.items():
            if seen is not None and fingerprint(client, url) not in (seen, None):
                raise WatchError(
                    f"{url} answers something else each time, so no change can be told. Name the "
                    "folder of its files with --watch-files."
                )
        yield []
        while True:
            time.sleep(POLLING)
            changed = []
            for url in urls:
                seen = fingerprint(client, url)
                if seen not in (known[url], None):
                    known[url] = seen
                    changed.append(url)
            if changed:
                yield changed


def fingerprint(client: httpx.Client, url: str) -> str | None:
    """What a page and its own server's scripts and styles are told apart by.

    None where the page does not come.
    """
    page = _read(client, url)
    if page is None:
        return None
    digest = hashlib.sha256(page.content)
    for element in find_elements(page.text).elements:
        address = urljoin(str(page.url), element.src) if element.src else ""
        if address and urlsplit(address).netloc == page.url.netloc.decode():
            part = _read(client, address)
            digest.update(part.content if part else b"")
    return digest.hexdigest()


def _read(client: httpx.Client, url: str) -> httpx.Response | None:
    try:
        return client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
