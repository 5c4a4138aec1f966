"""dist/manifest.json: what the page is made of, why, and how it must be served.

The inventory of scripts that PCI DSS 4.0.1, requirement 6.4.3, asks for: every script with a
written justification and a hash. `payframe verify` compares what a server sends with it (11.6.1).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from .config import Widget
from .elements import Element, digest, find_elements
from .loads import trusted

MANIFEST = "manifest.json"


class Item(TypedDict):
    """`sha384` as in an integrity attribute; `size` in bytes."""

    purpose: str
    sha384: str
    size: int


class PageItem(Item):
    kind: str  # script, style or data
    id: str | None


class LoadItem(TypedDict):
    """What the page loads from a method's provider, beside its own gateway."""

    method: str
    kind: str  # one of loads.Kind
    url: str  # of a script; else an origin, which may have * for its subdomains and for its port
    integrity: str | None  # of a script: the browser runs no other one
    purpose: str


class FileItem(Item):
    public: bool  # a server must send it; the others are for those who host the page


class Manifest(TypedDict):
    sources: str  # the digest of what the page was built from
    page: list[PageItem]  # in the order of index.html
    loads: list[LoadItem]
    files: dict[str, FileItem]
    headers: dict[str, str]  # of every public file


def manifest(
    sources: str, files: Mapping[str, bytes], headers: Mapping[str, str], widget: Widget
) -> bytes:
    """The inventory of `files`, which are dist's."""
    elements = find_elements(files["index.html"].decode()).elements
    content: Manifest = {
        "sources": sources,
        "page": [
            {
                "kind": element.kind,
                "id": element.id,
                "purpose": _purpose(element, widget),
                "sha384": element.sha384,
                "size": element.size,
            }
            for element in elements
            if element.src is None
        ],
        "loads": _loads(widget),
        "files": {
            name: {
                "purpose": _purpose_of_file(name),
                "public": is_public(name),
                "sha384": digest("sha384", files[name]),
                "size": len(files[name]),
            }
            for name in sorted(files)
        },
        "headers": dict(headers),
    }
    return f"{json.dumps(content, indent=2, ensure_ascii=False)}\n".encode()


def read_manifest(dist: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none that can be understood."""
    try:
        content = json.loads((dist / MANIFEST).read_text("utf-8"))
        whole = (
            isinstance(content["sources"], str)
            and all(isinstance(each["sha384"], str) for each in content["page"])
            and all(isinstance(each["url"], str) for each in content["loads"])
            and all(
                isinstance(each["sha384"], str) and isinstance(each["public"], bool)
                for each in content["files"].values()
            )
            and all(isinstance(value, str) for value in content["headers"].values())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return content if whole else None


def is_public(name: str) -> bool:
    """Whether the buyer's browser asks for the file; compressed forms are not asked for by name."""
    return name == "index.html" or name.startswith("locales/")


def _purpose(element: Element, widget: Widget) -> str:
    match element.kind, element.id:
        case "script", _:
            return (
                "Takes the payment: reads the seller's message, asks the gateway, shows "
                f"{_enumerate(widget.methods)} to the buyer and tells the seller's page its size."
            )
        case "style", _:
            return "How the page looks. It loads no font and no picture; fonts are the system's."
        case _:
            return f"The settings of [widget] and the words in the language {widget.locale}."


_LOADED = {
    "script": "Runs in the page: the script of the payment provider behind {method}.",
    "scripts of": "May run in the page: code that the provider's script of {method} loads.",
    "frames of": "Shown in the page: the provider's own fields and steps of {method}.",
    "connections to": "Asked by the provider's script of {method}.",
}


def _loads(widget: Widget) -> list[LoadItem]:
    return [
        {
            "method": method,
            "kind": kind,
            "url": url,
            "integrity": integrity,
            "purpose": _LOADED[kind].format(method=method),
        }
        for method, loads in widget.loaded.items()
        for kind, url, integrity in trusted(loads)
    ]


def _purpose_of_file(name: str) -> str:
    match name.split("/"):
        case ["index.html"]:
            return "The payment page, with its script, style and words inside."
        case ["index.html.br" | "index.html.gz"]:
            return "The payment page, compressed."
        case ["locales", "index.json"]:
            return "The hashes of the words in other languages."
        case ["locales", file]:
            return f"The words in the language {Path(file).stem}, fetched when a buyer needs them."
        case ["gateway.openapi.yaml"]:
            return "What the page asks of the payment service, for those who implement it."
        case _:
            return "The page's headers, as configuration of a web server."


def _enumerate(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
