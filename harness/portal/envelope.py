"""What stands around a result or an error, in JSON and in XML."""

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import simplejson

from .call import MethodAnswer
from .errors import PortalError

XML_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def timing(start: float, begin: float, operating: float, reset_at: int) -> dict[str, Any]:
    """The `time` part: `start` of the request and `begin` of the processing, epoch seconds."""
    finish = time.time()
    return {
        "start": start,
        "finish": finish,
        "duration": finish - start,
        "processing": finish - begin,
        "date_start": _iso(start),
        "date_finish": _iso(finish),
        "operating_reset_at": reset_at,
        "operating": operating,
    }


def success(answer: MethodAnswer) -> dict[str, Any]:
    content: dict[str, Any] = {"result": answer.result}
    if answer.next is not None:
        content["next"] = answer.next
    if answer.total is not None:
        content["total"] = answer.total
    return content | {"time": answer.timing}


def failure(error: PortalError) -> dict[str, Any]:
    return {"error": error.code, "error_description": error.text}


def failure_of_version_3(error: PortalError) -> dict[str, Any]:
    """As the third version of the REST writes it."""
    return {"error": {"code": error.code, "message": error.text}}


def to_json(content: Any) -> str:
    # simplejson writes a Decimal as the number it is, without a float in between.
    return simplejson.dumps(content, use_decimal=True, ensure_ascii=False)


def to_xml(content: dict[str, Any]) -> str:
    """`<response>` with an element a key; a list's items, and keys that XML has no name for, are
    `<item>`."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<response>{_elements(content)}</response>'


FORMATS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "json": ("application/json; charset=utf-8", to_json),
    "xml": ("text/xml; charset=utf-8", to_xml),
}


def _elements(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_element(str(key), item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return "".join(f"<item>{_elements(item)}</item>" for item in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return escape(NOT_XML.sub("\ufffd", str(value)))


def _element(key: str, value: Any) -> str:
    if XML_NAME.fullmatch(key):
        return f"<{key}>{_elements(value)}</{key}>"
    return f"<item key={quoteattr(NOT_XML.sub(chr(0xFFFD), key))}>{_elements(value)}</item>"


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment).astimezone().isoformat(timespec="seconds")
