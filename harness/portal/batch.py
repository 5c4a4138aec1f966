"""batch: up to 50 commands in one request; a later one may use an earlier one's result."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from .brackets import nest
from .call import MethodCall
from .envelope import failure
from .errors import PortalError, system_error

MAX_COMMANDS = 50
MAX_RESOLVED = 4_000_000
"""Characters that the references of one batch put in; each value counts for ten more."""
REFERENCE = re.compile(r"\$result((?:\[[^\[\]]*\])+)")


def batch(call: MethodCall) -> dict[str, Any]:
    """`cmd`: a map or list of `method?query`; with `halt` the first error ends it.

    The answer's maps have the keys of `cmd`: result, result_error, result_total, result_next,
    result_time. An empty map, and one whose keys are 0, 1, 2..., is a list, as PHP prints it.
    """
    cmd = call.params.get("CMD")
    commands = _numbered(cmd) if isinstance(cmd, list) else cmd if isinstance(cmd, dict) else {}
    halt = call.params.get("HALT") not in (None, "", "0", 0)
    results: dict[str, Any] = {}
    references = References(results)
    errors: dict[str, Any] = {}
    totals: dict[str, int] = {}
    nexts: dict[str, int] = {}
    times: dict[str, Any] = {}
    for n, (key, command) in enumerate(commands.items()):
        try:
            if n >= MAX_COMMANDS:
                raise system_error("ERROR_BATCH_LENGTH_EXCEEDED")
            method, params = _parse(command, references)
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


def _parse(command: Any, references: "References") -> tuple[str, dict[str, Any]]:
    """A command's method and parameters. Raises PortalError for a batch inside the batch."""
    method, _, query = str(command).partition("?")
    name = method.strip().strip("/").lower()
    if name == "batch":
        raise system_error("ERROR_BATCH_METHOD_NOT_ALLOWED")
    params = nest(parse_qsl(query, keep_blank_values=True))
    return name, {key: references.resolved(value) for key, value in params.items()}


class References:
    """Puts in what `$result[key][field]` stands for; nothing where there is no such.

    `results` are those so far. Commands that quote each other's results could grow without end,
    so a batch puts in so much at most.
    """

    def __init__(self, results: dict[str, Any]) -> None:
        self._results = results
        self._left = MAX_RESOLVED

    def resolved(self, value: Any) -> Any:
        """Raises PortalError where it would be more than MAX_RESOLVED."""
        if isinstance(value, dict):
            return {key: self.resolved(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.resolved(item) for item in value]
        whole = REFERENCE.fullmatch(value)
        if whole:
            return self._found(whole[1])
        return REFERENCE.sub(lambda match: _text(self._found(match[1])), value)

    def _found(self, path: str) -> Any:
        found = _lookup(path, self._results)
        for size in _sizes(found):
            self._left -= size
            if self._left < 0:
                raise system_error("ERROR_BATCH_LENGTH_EXCEEDED")
        return found


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


def _sizes(value: Any) -> Iterator[int]:
    """Of a value and all that is in it, as MAX_RESOLVED counts."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        yield 10 + (len(node) if isinstance(node, str) else 0)
        if isinstance(node, dict):
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if isinstance(value, dict | list) else str(value)


def _numbered(items: list[Any]) -> dict[str, Any]:
    return {str(n): item for n, item in enumerate(items)}


def _shallow(part: dict[str, Any]) -> Any:
    """As PHP prints a map, without a look at what is in it."""
    return list(part.values()) if all(key == str(n) for n, key in enumerate(part)) else part
