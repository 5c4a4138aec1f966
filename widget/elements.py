"""What stands in a page that runs, styles or is data: the elements that an inventory lists."""

import base64
import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

Kind = Literal["script", "style", "data"]
DATA = "application/json"


@dataclass
class Element:
    """A script, style or data block; `content` is what stands in it, `src` what it loads.

    `integrity` is what the loaded script has to be.
    """

    kind: Kind
    src: str | None = None
    id: str | None = None
    content: str = ""
    integrity: str | None = None

    @property
    def sha256(self) -> str:
        return digest("sha256", self.content.encode())

    @property
    def sha384(self) -> str:
        return digest("sha384", self.content.encode())

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content.encode())


def digest(algorithm: str, content: bytes) -> str:
    """`sha384-...` in base64, as policies and integrity attributes write it."""
    hashed = hashlib.new(algorithm, content).digest()
    return f"{algorithm}-{base64.b64encode(hashed).decode()}"


@dataclass
class Found:
    """The elements of a page, and `attributes`: code and styles that stand in attributes."""

    elements: list[Element] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)


def find_elements(page: str) -> Found:
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Found()
        self.open: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = None
        values = dict(attrs)
        if tag == "script":
            kind: Kind = "data" if (values.get("type") or "").lower() == DATA else "script"
            integrity = values.get("integrity")
            self._add(Element(kind, values.get("src"), values.get("id"), integrity=integrity))
        elif tag == "style":
            self._add(Element("style", None, values.get("id")))
        elif tag == "link" and "stylesheet" in (values.get("rel") or "").lower().split():
            self._add(Element("style", values.get("href") or ""))
        elif tag == "title":
            self.set_cdata_mode(tag)  # text only, as in browsers; not so in every Python
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name == "style" or address.startswith("javascript:"):
                self.found.attributes.append(f'<{tag} {name}="{value or ""}">')

    def _add(self, element: Element) -> None:
        self.open = element
        self.found.elements.append(element)

    def handle_endtag(self, _tag: str) -> None:
        self.open = None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open.content += data
