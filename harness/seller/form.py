"""Form mode: the form that the buyer sends to the handler's ACTION_URI."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from ..sale.fields import Field, mode_data, read_fields
from ..sale.values import Value
from ..store.models import Handler, Payment


@dataclass(frozen=True)
class Form:
    """`payment_url` is where the page may go without a click; empty where it may not."""

    action_uri: str
    method: str
    fields: list[Field]
    hidden: dict[str, str]
    new_window: bool
    payment_url: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What a click on the button sends, while the buyer has typed nothing yet."""
        sent = [(each.name, each.typed) for each in self.fields if each.in_form]
        return [*sent, *self.hidden.items()]


def form(payment: Payment, handler: Handler, values: dict[str, Value], return_url: str) -> Form:
    """The form of a payment. Raises NotShownError."""
    data = mode_data(handler, "FORM_DATA")
    method = str(data.get("METHOD") or "")
    fields = (
        _params(data.get("PARAMS"), values)
        if data.get("FIELDS") is None
        else read_fields(data, handler, values)
    )
    pay_system = {"BX_PAYSYSTEM_ID": str(payment.pay_system_id)}
    # Only METHOD spelled out counts here, although an empty one sends by GET as well.
    by_itself = method.upper() == "GET" and not any(f.visible or f.code is None for f in fields)
    return Form(
        action_uri=data["ACTION_URI"],
        method=method or "GET",
        fields=fields,
        hidden={**pay_system, "BX_RETURN_URL": return_url},
        new_window=payment.pay_system.new_window == "Y",
        payment_url=_with_query(
            data["ACTION_URI"], {each.name: each.value for each in fields} | pay_system
        )
        if by_itself
        else "",
    )


def _params(params: Any, values: dict[str, Value]) -> list[Field]:
    """The deprecated PARAMS, field name -> parameter: all of them hidden."""
    if not isinstance(params, dict):
        return []
    return [
        Field(name, str(code), name, "STRING", values.get(str(code), Value("", "")).text, False)
        for name, code in params.items()
    ]


def _with_query(url: str, added: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(added))))
    return urlunsplit(parts._replace(query=query))
