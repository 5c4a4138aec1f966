"""The portal's methods in OpenAPI, for tools that make clients or try out a server.

A server of the description is the URL of a webhook. Parameters are described as JSON bodies; a
query and a form do as well. What is not described is not refused: the platform passes over it.
"""

from typing import Any

from .call import Method
from .methods import METHODS
from .methods.fields import ORDER, PAYMENT, PERSON_TYPE, Fields
from .methods.pay import REPORTED
from .methods.pay_system import NAMES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
ID: Schema = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
AMOUNT: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]}
YES_NO: Schema = {"anyOf": [{"enum": ["Y", "N", "1", "0", 1, 0]}, {"type": "boolean"}]}
MOMENT: Schema = {"type": "string", "format": "date-time"}
TYPES: dict[str, Schema] = {
    "integer": NUMBER,
    "string": TEXT,
    "char": YES_NO,
    "double": AMOUNT,
    "datetime": MOMENT,
}


def _object(required: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


def _map(of: Schema) -> Schema:
    return {"type": "object", "additionalProperties": of}


def _fields(fields: Fields) -> Schema:
    """Those that can be written."""
    required = tuple(name for name, field in fields.items() if field.kind.required)
    writable = {
        name: TYPES[field.kind.type] for name, field in fields.items() if not field.kind.read_only
    }
    return _object(required, **writable)


def _list(names: list[str], *, upper: bool = False) -> Schema:
    """`select`, `filter`, `order` and `start`."""
    properties = {
        "select": {"type": "array", "items": {"enum": [*names, "*"]}},
        "filter": _map({}),
        "order": {
            "type": "object",
            "properties": {name: {"enum": ["ASC", "DESC", "asc", "desc"]} for name in names},
        },
    }
    if upper:
        return _object(**{name.upper(): schema for name, schema in properties.items()})
    return _object(**properties, start=NUMBER)


def _record(name: str, fields: Fields) -> dict[str, Schema]:
    one = _object(("id",), id=ID)
    given = _fields(fields)
    return {
        f"sale.{name}.add": _object(("fields",), fields=given),
        f"sale.{name}.update": _object(("id", "fields"), id=ID, fields=given | {"required": []}),
        f"sale.{name}.get": one,
        f"sale.{name}.delete": one,
        f"sale.{name}.list": _list(list(fields)),
    }


MODE = _object(
    ("ACTION_URI",),
    ACTION_URI=TEXT,
    FIELDS=_map(_object(CODE=TEXT)),
    METHOD={"enum": ["GET", "POST"]},
)
SETTINGS = _object(
    ("CODES",),
    CURRENCY={"type": "array", "items": TEXT},
    CLIENT_TYPE={"enum": ["b2c", "b2b"]},
    FORM_DATA=MODE,
    CHECKOUT_DATA=MODE,
    IFRAME_DATA=MODE,
    CODES=_map(_object(NAME=TEXT, DESCRIPTION=TEXT, SORT=NUMBER)),
)
HANDLER = _object(
    ("NAME", "CODE", "SETTINGS"), NAME=TEXT, CODE=TEXT, SORT=NUMBER, SETTINGS=SETTINGS
)
MAPPINGS = _map(_object(TYPE=TEXT, VALUE=TEXT))
PAY_SYSTEM = _object(
    ("NAME", "PERSON_TYPE_ID", "BX_REST_HANDLER"),
    NAME=TEXT,
    DESCRIPTION=TEXT,
    XML_ID=TEXT,
    PERSON_TYPE_ID=ID,
    BX_REST_HANDLER=TEXT,
    ACTIVE=YES_NO,
    NEW_WINDOW=YES_NO,
    LOGOTYPE=TEXT,
)
PAYMENT_OF = _object(("PAYMENT_ID", "PAY_SYSTEM_ID"), PAYMENT_ID=ID, PAY_SYSTEM_ID=ID)
INVOICE_OF = _object(("INVOICE_ID",), INVOICE_ID=ID, PAY_SYSTEM_ID=ID, BX_REST_HANDLER=TEXT)

PARAMETERS: dict[str, Schema] = {
    "batch": _object(
        ("cmd",),
        cmd={"anyOf": [_map(TEXT), {"type": "array", "items": TEXT}]},
        halt={"enum": [0, 1]},
    ),
    "method.get": _object(("name",), name=TEXT),
    "sale.paysystem.handler.add": HANDLER,
    "sale.paysystem.handler.update": _object(("ID", "FIELDS"), ID=ID, FIELDS=HANDLER),
    "sale.paysystem.handler.delete": _object(("ID",), ID=ID),
    "sale.paysystem.add": {
        **PAY_SYSTEM,
        "properties": {
            **PAY_SYSTEM["properties"],
            "ENTITY_REGISTRY_TYPE": {"enum": ["ORDER", "CRM_INVOICE", "CRM_QUOTE"]},
            "SETTINGS": MAPPINGS,
        },
    },
    "sale.paysystem.update": _object(("ID", "FIELDS"), ID=ID, FIELDS=PAY_SYSTEM | {"required": []}),
    "sale.paysystem.list": _list(list(NAMES), upper=True),
    "sale.paysystem.delete": _object(("ID",), ID=ID),
    "sale.paysystem.settings.get": _object(("ID", "PERSON_TYPE_ID"), ID=ID, PERSON_TYPE_ID=ID),
    "sale.paysystem.settings.update": _object(
        ("ID", "SETTINGS"), ID=ID, PERSON_TYPE_ID=ID, SETTINGS=MAPPINGS
    ),
    "sale.paysystem.settings.payment.get": PAYMENT_OF,
    "sale.paysystem.settings.invoice.get": INVOICE_OF,
    "sale.paysystem.pay.payment": {
        **PAYMENT_OF,
        "properties": {**PAYMENT_OF["properties"], **dict.fromkeys(REPORTED, TEXT)},
    },
    "sale.paysystem.pay.invoice": INVOICE_OF,
    **_record("persontype", PERSON_TYPE),
    **_record("order", ORDER),
    **_record("payment", PAYMENT),
}

TIME = _object(
    ("start", "finish", "duration", "processing", "date_start", "date_finish", "operating"),
    **{
        name: {"type": "number"}
        for name in ("start", "finish", "duration", "processing", "operating")
    },
    date_start=MOMENT,
    date_finish=MOMENT,
    operating_reset_at=NUMBER,
)


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _operation(method: Method) -> Schema:
    responses = {
        "200": {
            "description": "What the method returns.",
            "content": _json({"$ref": "#/components/schemas/Success"}),
        },
        "default": {
            "description": "Why it does not.",
            "content": _json({"$ref": "#/components/schemas/Failure"}),
        },
    }
    summary = (method.answer.__doc__ or "").strip().partition("\n")[0]
    parameters = PARAMETERS.get(method.name, _object())
    return {
        "get": {"summary": summary, "responses": responses},
        "post": {
            "summary": summary,
            "requestBody": {"content": _json(parameters)},
            "responses": responses,
        },
    }


def describe(webhook: str) -> Schema:
    """An OpenAPI document; `webhook` is the URL of one."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "payframe's portal", "version": "1"},
        "servers": [{"url": webhook.rstrip("/")}],
        "paths": {f"/{method.name}": _operation(method) for method in METHODS.values()},
        "components": {
            "schemas": {
                "Success": _object(
                    ("result", "time"), result={}, total=NUMBER, next=NUMBER, time=TIME
                ),
                "Failure": _object(
                    ("error", "error_description"), error=TEXT, error_description=TEXT
                ),
            }
        },
    }
