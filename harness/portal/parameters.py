"""The parameters of a request: query, form and JSON as one structure.

Query and body merge at the top level; the body wins. A body that cannot be read counts as no
parameters, as on the platform; what is wrong with it goes to the log and the web view.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from .brackets import nest

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_BODY = 8 * 1024 * 1024
"""Bytes of a body that are read at most, PHP's usual post_max_size."""
MAX_FIELDS = 10_000
LARGEST_INTEGER = 2**31 - 1
"""What a column of whole numbers holds in every database."""
JSON_DEPTH = 512
"""How deep PHP reads JSON."""
AMOUNT = re.compile(r"-?\d{1,30}(?:\.\d{1,10})?", re.ASCII)
"""A sum of money as it comes in a call, in digits."""
LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a body, in one sentence; `position` counts its characters from 1."""

    text: str
    position: int | None = None
    around: str = ""


@dataclass(frozen=True)
class Parameters:
    values: dict[str, Any]
    problem: Problem | None = None


async def read_parameters(request: Request) -> Parameters:
    """Raises HTTPException with the status 413 for a body of more than MAX_BODY."""
    query = nest(request.query_params.multi_items())
    if request.method != "POST":
        return Parameters(query)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type in FORMS:
        body = await _form(request)
    else:
        body = parse_json(await request.body())
    return Parameters(query | body.values, body.problem)


async def _form(request: Request) -> Parameters:
    try:
        async with request.form(max_fields=MAX_FIELDS, max_part_size=MAX_BODY) as form:
            # A file's content is no parameter of any method here.
            pairs = [(key, value) for key, value in form.multi_items() if isinstance(value, str)]
    except (HTTPException, MultiPartException, ValueError, KeyError) as error:
        if isinstance(error, HTTPException) and error.status_code == 413:
            raise
        detail = getattr(error, "detail", None) or getattr(error, "message", None) or str(error)
        return Parameters({}, Problem(f"The form cannot be read: {detail}"))
    if not _encodable(pairs):
        return Parameters({}, Problem("The form's charset leaves text that is not Unicode."))
    return Parameters(nest(pairs))


def parse_json(body: bytes) -> Parameters:
    """A JSON object as PHP reads it; an empty body is no parameters and no problem."""
    if not body.strip():
        return Parameters({})
    try:
        text = body.decode("utf-8")
        values = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        return Parameters({}, _problem("is not UTF-8", before + "\ufffd", len(before)))
    except json.JSONDecodeError as error:
        return Parameters({}, _problem(f"is not valid JSON: {error.msg}", text, error.pos))
    except (ValueError, RecursionError) as error:
        return Parameters({}, Problem(f"The body is not valid JSON: {error}"))
    if not isinstance(values, dict):
        return Parameters({}, Problem("The body is valid JSON, but not an object."))
    if body.count(b"{") + body.count(b"[") > JSON_DEPTH and _depth(values) > JSON_DEPTH:
        return Parameters({}, Problem(f"The body nests deeper than {JSON_DEPTH} levels."))
    if LONE_SURROGATE.search(body) and not _encodable(values):
        return Parameters({}, Problem("The body has half of a surrogate pair (\\ud800...\\udfff)."))
    return Parameters(values)


def upper_keys(params: dict[str, Any], reach: Literal["exact", "top", "deep"]) -> dict[str, Any]:
    """Keys in upper case, at the top level or at every level."""
    if reach == "exact":
        return params
    if reach == "top":
        return {key.upper(): value for key, value in params.items()}
    return {key.upper(): _upper(value) for key, value in params.items()}


def _upper(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key).upper(): _upper(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_upper(item) for item in value]
    return value


def empty(value: Any) -> bool:
    """What PHP's empty() is true for, among values that can arrive."""
    return value in (None, "", "0", 0) or value == [] or value == {}


def integer(value: Any) -> int | None:
    """A whole number that a column can hold, as it comes in a call; None for anything else."""
    number = whole_number(value)
    return None if number is None or abs(number) > LARGEST_INTEGER else number


def whole_number(value: Any) -> int | None:
    """A number or its digits, up to 18 of them; None where it is neither."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def yes_no(value: Any) -> str | None:
    """Y or N, as such a column takes them: also true and false, 1 and 0; None for anything else."""
    if isinstance(value, dict | list):
        return None
    return {"Y": "Y", "1": "Y", "TRUE": "Y", "N": "N", "0": "N", "FALSE": "N", "": "N"}.get(
        "" if value is None else str(value).upper()
    )


def _problem(what: str, text: str, position: int) -> Problem:
    around = text[max(0, position - 60) : position] + "\u2038" + text[position : position + 20]
    return Problem(f"The body {what} at character {position + 1}.", position + 1, around)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
    return depth


def _encodable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
