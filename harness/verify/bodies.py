"""Bytes compared; and of a page, which script or style is not in the inventory."""

from collections.abc import Iterator
from pathlib import Path

from payframe.widget.elements import Element, digest, find_elements
from payframe.widget.manifest import Manifest

from .fetch import Served
from .headers import NOTHING, Found

AROUND = 40
"""Bytes shown from the first one that differs."""


def compare_body(name: str, body: bytes, manifest: Manifest, dist: Path) -> Found:
    """`body` is what a server sent for the file `name` of dist."""
    item = manifest["files"][name]
    got = digest("sha384", body)
    if got == item["sha384"]:
        return
    if name == "index.html":
        yield from _injected(body.decode("utf-8", "replace"), manifest)
    yield (
        "bytes",
        f"{item['sha384']} ({item['size']:,} bytes)",
        f"{got} ({len(body):,} bytes)",
    )
    yield from _first_change(dist / name, item["sha384"], body)


def compare_script(integrity: str | None, served: Served) -> Found:
    """A script that the page loads: it is there, and what its integrity says."""
    if served.status != 200:
        yield "status", "200", str(served.status)
    elif integrity:
        got = digest(integrity.partition("-")[0], served.body or b"")
        if got != integrity:
            yield "integrity", integrity, got


def _injected(page: str, manifest: Manifest) -> Found:
    found = find_elements(page)
    missing = {item["sha384"]: item for item in manifest["page"]}
    loaded = {(item["url"], item["integrity"]) for item in manifest["loads"]}
    for element in found.elements:
        if element.src is not None:
            known = (element.src, element.integrity) in loaded
        else:
            known = missing.pop(element.sha384, None) is not None
        if not known:
            yield f"a {_kind(element.kind)} that is not in the inventory", NOTHING, _named(element)
    for attribute in found.attributes:
        yield "code or style in an attribute", NOTHING, attribute
    for item in missing.values():
        what = f"the {_kind(item['kind'])} of the inventory"
        yield what, f"{item['sha384']} ({item['size']:,} bytes)", "another one, or none"


def _kind(kind: str) -> str:
    return "data block" if kind == "data" else kind


def _named(element: Element) -> str:
    if element.src is not None:
        return element.src
    return f"{element.size:,} bytes inline, {element.content.strip()[:AROUND]!r}"


def _first_change(built: Path, sha384: str, body: bytes) -> Iterator[tuple[str, str, str]]:
    try:
        ours = built.read_bytes()
    except OSError:
        return
    if digest("sha384", ours) != sha384:
        return
    pairs = enumerate(zip(ours, body, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(ours), len(body)))
    yield f"from byte {at:,} on", _excerpt(ours, at), _excerpt(body, at)


def _excerpt(content: bytes, at: int) -> str:
    return repr(content[at : at + AROUND].decode("utf-8", "replace")) if content[at:] else "the end"
