"""Names with PHP's brackets as one structure: `a[b][]=1` -> {"a": {"b": ["1"]}}."""

import re
from collections.abc import Iterable
from typing import Any

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")
DEPTH = 64
"""How deep brackets may nest; PHP drops what is deeper (max_input_nesting_level)."""


def nest(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The structure that PHP reads from such pairs; a later value of a name replaces an earlier."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        match = NAME.fullmatch(name)
        if not match:
            root[name] = value
            continue
        keys = [match[1], *match[2][1:-1].split("][")]
        if len(keys) > DEPTH:
            continue
        node = root
        for key in keys[:-1]:
            key = key or _next(node)
            child = node.get(key)
            if not isinstance(child, dict):
                child = node[key] = {}
            node = child
        node[keys[-1] or _next(node)] = value
    return {key: php_array(value) for key, value in root.items()}


def php_array(node: Any) -> Any:
    """A list where the keys are 0, 1, 2... in this order, as PHP prints its arrays."""
    if not isinstance(node, dict):
        return node
    values = [php_array(value) for value in node.values()]
    if all(key == str(n) for n, key in enumerate(node)):
        return values
    return dict(zip(node, values, strict=True))


def _next(node: dict[str, Any]) -> str:
    """The key that empty brackets stand for."""
    n = len(node)
    while str(n) in node:
        n += 1
    return str(n)
