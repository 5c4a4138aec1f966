"""What the page weighs and which part of it how much, against its budget.

The first ten segments of a connection carry 14,600 bytes: a page that fits arrives in one round
trip.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

from .bundle import SRC
from .elements import find_elements
from .errors import BuildError
from .page import Page

AIM = 12_000
LIMIT = 14_600
"""Bytes of the page with brotli."""
SMALL = 0.025
"""Of the script: what is smaller has no line of its own."""


@dataclass(frozen=True)
class Part:
    """`size` in bytes, `share` in bytes of the compressed page: it adds up to the whole."""

    name: str
    size: int
    share: int


def weigh(page: Page, compressed: int) -> list[Part]:
    """The parts of the page. Raises BuildError where it is over the limit."""
    parts = _parts(page, compressed)
    if compressed > LIMIT:
        largest = sorted(parts, key=lambda part: -part.share)[:3]
        raise BuildError(
            f"The page takes {compressed:,} bytes with brotli, {compressed - LIMIT:,} above the "
            f"limit of {LIMIT:,}. Its largest parts: "
            f"{', '.join(f'{part.name} ({part.share:,})' for part in largest)}."
        )
    return parts


def _parts(page: Page, compressed: int) -> list[Part]:
    inline = [each for each in find_elements(page.html).elements if each.src is None]
    elements = {each.kind: each.content for each in inline}
    html = page.html
    for content in elements.values():
        html = html.replace(content, "", 1)
    blocks = {
        "script": elements["script"],
        "style": elements["style"],
        "HTML and policy": html,
        "settings and words": elements["data"],
    }
    # A block counts by what it weighs compressed alone, a module by its size in the script.
    alone = {name: len(brotli.compress(content.encode())) for name, content in blocks.items()}
    shares = _share(compressed, alone)
    modules = _share(shares["script"], groups := _groups(page.bundle.modules))
    sizes = _share(len(elements["script"].encode()), groups)
    return [
        *(Part(f"script: {name}", sizes[name], modules[name]) for name in groups),
        *(
            Part(name, len(content.encode()), shares[name])
            for name, content in blocks.items()
            if name != "script"
        ),
    ]


def _groups(modules: Mapping[Path, int]) -> dict[str, int]:
    """Bytes of the script by what its modules are, the largest first and the smallest as one."""
    groups: defaultdict[str, int] = defaultdict(int)
    for module, size in modules.items():
        groups[_group(module)] += size
    small = [name for name, size in groups.items() if size < SMALL * sum(modules.values())]
    rest = sum(groups.pop(name) for name in small)
    ordered = dict(sorted(groups.items(), key=lambda group: (-group[1], group[0])))
    return {**ordered, "smaller modules": rest} if small else ordered


def _group(module: Path) -> str:
    if "node_modules" in module.parts:
        name = module.as_posix().rpartition("node_modules/")[2].split("/")
        return "/".join(name[:2]) if name[0].startswith("@") else name[0]
    if module.parent.name == "methods":
        return f"method {module.stem}"
    return "view" if module.is_relative_to(SRC / "view") else module.stem


def _share(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` in whole numbers by weight; they add up to it."""
    shares: dict[str, int] = {}
    left, weight_left = total, sum(weights.values())
    for name, weight in weights.items():
        shares[name] = left * weight // weight_left if weight_left else 0
        left, weight_left = left - shares[name], weight_left - weight
    return shares
