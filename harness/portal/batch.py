"""batch: up to 50 commands in one request; a later one may use an earlier one's result."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .brackets import nest
from .call import Call
from .envelope import failure
from .errors import PortalError, system_error

MAX_COMMANDS = 50
REFERENCE = re.compile(r"\$result((?:\[[^\[\]]*\])+)")


def batch(call: Call) -> dict[str, Any]:
    """`cmd`: a map or list of `method?query`; with `halt` the first error ends it.

    The answer's maps have the keys of `cmd`: result, result_error, result_total, result_next,
    result_time. An empty map, and one whose keys are 0, 1, 2..., is a list, as PHP prints it.
    """
    cmd = call.params.get("CMD")
    commands = _numbered(cmd) if isinstance(cmd, list) else cmd if isinstance(cmd, dict) else {}
    halt = call.params.get("HALT") not in (None, "", "0", 0)
    results: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    totals: dict[str, int] = {}
    nexts: dict[str, int] = {}
    times: dict[str, Any] = {}
    for n, (key, command) in enumerate(commands.items()):
        try:
            if n >= MAX_COMMANDS:
                raise system_error("ERROR_BATCH_LENGTH_EXCEEDED")
            method, params = _parse(command, results)
            answer = call.perform(method, params)
        except PortalError as error:
            errors[key] = failure(error)
            if halt:
                break
            continue
        results[key] = answer.result
        times[key] = answer.timing
        if answer.total is not None:
            totals[key] = answer.total
        if answer.next is not None:
            nexts[key] = answer.next
    parts = {
        "result": results,
        "result_error": errors,
        "result_total": totals,
        "result_next": nexts,
        "result_time": times,
    }
    return {name: _shallow(part) for name, part in parts.items()}


def _parse(command: Any, results: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A command's method and parameters. Raises PortalError for a batch inside the batch."""
    method, _, query = str(command).partition("?")
    name = method.strip().strip("/").lower()
    if name == "batch":
        raise system_error("ERROR_BATCH_METHOD_NOT_ALLOWED")
    params = nest(parse_qsl(query, keep_blank_values=True))
    return name, {key: _resolve(value, results) for key, value in params.items()}


def _resolve(value: Any, results: dict[str, Any]) -> Any:
    """`$result[key][field]` replaced by what it stands for; nothing where there is no such."""
    if isinstance(value, dict):
        return {key: _resolve(item, results) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolve(item, results) for item in value]
    whole = REFERENCE.fullmatch(value)
    if whole:
        return _lookup(whole[1], results)
    return REFERENCE.sub(lambda match: _text(_lookup(match[1], results)), value)


def _lookup(path: str, results: dict[str, Any]) -> Any:
    node: Any = results
    for key in path[1:-1].split("]["):
        if isinstance(node, list) and key.isdecimal() and len(key) < 9 and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict):
            node = node.get(key)
        else:
            return ""
    return "" if node is None else node


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if isinstance(value, dict | list) else str(value)


def _numbered(items: list[Any]) -> dict[str, Any]:
    return {str(n): item for n, item in enumerate(items)}


def _shallow(part: dict[str, Any]) -> Any:
    """As PHP prints a map, without a look at what is in it."""
    return list(part.values()) if all(key == str(n) for n, key in enumerate(part)) else part
