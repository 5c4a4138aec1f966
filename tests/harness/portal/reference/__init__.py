"""The requests that the vendor's page on sale.paysystem.handler.add shows, read from its text."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import json5

PAGE = Path(__file__).parent / "sale.paysystem.handler.add.txt"
METHOD = "sale.paysystem.handler.add"


class CurlExample(NamedTuple):
    body: str
    url: str


def curl_examples() -> list[CurlExample]:
    """The bodies exactly as printed, with the URL each goes to."""
    found = re.findall(r"curl -X POST .*?-d '(.*?)' \\\s+(\S+)", PAGE.read_text("utf-8"), re.S)
    return [CurlExample(*each) for each in found]


def javascript_examples() -> list[dict[str, Any]]:
    """The parameters of $b24.callMethod and BX24.callMethod."""
    return [json5.loads(text) for text in _arguments(f'"{METHOD}",', "{", "}")]


def php_examples() -> list[dict[str, Any]]:
    """The parameters of $b24Service->core->call and CRest::call."""
    return [_php(text) for text in _arguments(f"'{METHOD}',", "[", "]")]


def _arguments(before: str, opening: str, closing: str) -> list[str]:
    """The bracketed text that follows each `before`."""
    page = PAGE.read_text("utf-8")
    found = []
    for match in re.finditer(re.escape(before), page):
        start = page.index(opening, match.end())
        depth = 0
        for n in range(start, len(page)):
            depth += (page[n] == opening) - (page[n] == closing)
            if not depth:
                found.append(page[start : n + 1])
                break
    return found


def _php(text: str) -> Any:
    """A PHP array: with arrows an object, without them a list."""
    tokens = re.findall(r"'[^']*'|=>|\d+|[\[\],]", text)
    position = 0

    def value() -> Any:
        nonlocal position
        token = tokens[position]
        position += 1
        if token != "[":
            return int(token) if token.isdigit() else token[1:-1]
        items: list[Any] = []
        pairs: dict[str, Any] = {}
        while tokens[position] != "]":
            item = value()
            if tokens[position] == "=>":
                position += 1
                pairs[item] = value()
            else:
                items.append(item)
            if tokens[position] == ",":
                position += 1
        position += 1
        return pairs or items

    return value()
