"""The parameters of a call: query, form and JSON, with PHP's brackets, as one structure.

Query and body merge at the top level; the body wins.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


async def read_parameters(request: Request) -> dict[str, Any]:
    params = nest(request.query_params.multi_items())
    if request.method == "POST":
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            async with request.form() as form:
                params |= nest(
                    (name, value) for name, value in form.multi_items() if isinstance(value, str)
                )
        else:
            params |= _json_object(await request.body())
    return {name.upper(): value for name, value in params.items()}


def nest(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][]=1` -> {"a": {"b": ["1"]}}, as PHP reads it; a list where the keys are 0, 1, 2..."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        match = NAME.fullmatch(name)
        if not match:
            root[name] = value
            continue
        node = root
        keys = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        for key in keys[:-1]:
            child = node.get(key or str(len(node)))
            if not isinstance(child, dict):
                child = node[key or str(len(node))] = {}
            node = child
        node[keys[-1] or str(len(node))] = value
    return {key: _lists(value) for key, value in root.items()}


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    values = [_lists(value) for value in node.values()]
    if list(node) == [str(n) for n in range(len(node))]:
        return values
    return dict(zip(node, values, strict=True))


def _json_object(body: bytes) -> dict[str, Any]:
    """A body that is not a JSON object counts as no parameters."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}
