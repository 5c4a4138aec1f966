"""Form mode: which inputs the form has, what it sends, and when it may go by itself."""

from typing import Any

import pytest
from payframe.harness.sale.fields import NotShownError
from payframe.harness.sale.handlers import handler_of
from payframe.harness.sale.values import explained_values
from payframe.harness.seller.form import Form, form
from payframe.harness.store.database import Store
from payframe.harness.store.models import Payment

from tests.harness.support import add_handler, add_payment

RETURN_URL = "http://localhost:8000/payments/1?theme=dark"
ACTION_URI = "https://pay.example/form"
CODES = {
    "NUMBER": {
        "NAME": "Payment number",
        "DEFAULT": {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "ACCOUNT_NUMBER"},
    },
    "MODE": {
        "NAME": "Mode",
        "INPUT": {"TYPE": "enum", "OPTIONS": {"TEST": "Test", "REGULAR": "Live"}},
        "DEFAULT": {"PROVIDER_KEY": "VALUE", "PROVIDER_VALUE": "TEST"},
    },
    "AGREED": {
        "NAME": "Agreed",
        "INPUT": {"TYPE": "Y/N"},
        "DEFAULT": {"PROVIDER_KEY": "Y/N", "PROVIDER_VALUE": "Y"},
    },
    "FILE": {"NAME": "File", "INPUT": {"TYPE": "FILE"}},
}


def made(store: Store, data: dict[str, Any], **pay_system: Any) -> Form:
    settings = {"FORM_DATA": {"ACTION_URI": ACTION_URI, **data}, "CODES": CODES}
    pay_system_id = add_handler(store, settings, **pay_system)
    payment_id = add_payment(store, pay_system_id=pay_system_id, account_number="9/1")
    with store.read() as session:
        payment = session.get_one(Payment, payment_id)
        handler = handler_of(session, payment.pay_system)
        assert handler
        values = explained_values(session, payment, payment.pay_system)
        return form(payment, handler, values, RETURN_URL)


def test_a_field_of_a_parameter_has_its_name_type_and_value(store: Store) -> None:
    shown = made(store, {"FIELDS": {"mode": {"CODE": "MODE", "VISIBLE": "Y"}}})
    (field,) = shown.fields
    assert (field.name, field.label, field.type, field.value) == ("mode", "Mode", "ENUM", "TEST")
    assert field.visible


def test_a_field_described_in_place_has_no_value(store: Store) -> None:
    in_place = {"NAME": "Phone number", "INPUT": {"TYPE": "string"}}
    (field,) = made(store, {"FIELDS": {"phone": {"VISIBLE": "Y", "CODE": in_place}}}).fields
    assert (field.label, field.type, field.value, field.code) == (
        "Phone number",
        "STRING",
        "",
        None,
    )


@pytest.mark.parametrize("type_", ["STRING", "Y/N", "nonsense"])
def test_a_type_without_input_is_not_read(store: Store, type_: str) -> None:
    fields = {"phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone", "TYPE": type_}}}
    assert made(store, {"FIELDS": fields}).fields[0].type == "STRING"


def test_the_system_keys_come_last_and_the_fields_in_their_order(store: Store) -> None:
    fields = {"z": {"CODE": "NUMBER"}, "a": {"CODE": "AGREED"}, "file": {"CODE": "FILE"}}
    shown = made(store, {"FIELDS": fields})
    assert [name for name, _ in shown.pairs] == ["z", "a", "BX_PAYSYSTEM_ID", "BX_RETURN_URL"]
    assert dict(shown.pairs)["BX_RETURN_URL"] == RETURN_URL
    assert dict(shown.pairs)["z"] == "9/1"


@pytest.mark.parametrize("visible", ["Y", "N"])
def test_a_list_is_an_error_in_the_form_and_sends_nothing(store: Store, visible: str) -> None:
    fields = {"mode": {"CODE": "MODE", "VISIBLE": visible}, "number": {"CODE": "NUMBER"}}
    shown = made(store, {"FIELDS": fields})
    assert [name for name, _ in shown.pairs[:1]] == ["number"]
    assert [each.name for each in shown.fields if each.breaks_form] == ["mode"]


def test_a_visible_checkbox_sends_y_or_n(store: Store) -> None:
    fields = {
        "agreed": {"CODE": "AGREED", "VISIBLE": "Y"},
        "news": {"CODE": {"NAME": "News", "INPUT": {"TYPE": "Y/N"}}, "VISIBLE": "Y"},
        "hidden": {"CODE": {"NAME": "Hidden", "INPUT": {"TYPE": "Y/N"}}},
    }
    assert made(store, {"FIELDS": fields}).pairs[:3] == [
        ("agreed", "Y"),
        ("news", "N"),
        ("hidden", ""),
    ]


def test_params_are_hidden_fields_of_parameters(store: Store) -> None:
    shown = made(store, {"PARAMS": {"number": "NUMBER", "unknown": "NO_SUCH"}})
    assert shown.pairs[:2] == [("number", "9/1"), ("unknown", "")]
    assert not any(each.visible for each in shown.fields)


@pytest.mark.parametrize("fields", [{}, [], {"mode": {"CODE": "MODE"}}])
def test_params_count_only_where_fields_is_absent(store: Store, fields: Any) -> None:
    shown = made(store, {"FIELDS": fields, "PARAMS": {"number": "NUMBER"}})
    assert [each.name for each in shown.fields] == list(fields)


@pytest.mark.parametrize(("method", "sent"), [(None, "GET"), ("", "GET"), ("POST", "POST")])
def test_the_method_is_get_by_default(store: Store, method: Any, sent: str) -> None:
    assert made(store, {"METHOD": method}).method == sent


@pytest.mark.parametrize(("asked", "opens"), [("Y", True), ("N", False)])
def test_new_window_is_the_payment_systems(store: Store, asked: str, opens: bool) -> None:
    assert made(store, {}, new_window=asked).new_window is opens


def test_without_a_visible_or_own_field_get_may_go_by_itself(store: Store) -> None:
    data = {"METHOD": "get", "FIELDS": {"number": {"CODE": "NUMBER"}, "file": {"CODE": "FILE"}}}
    shown = made(store, data)
    system = shown.hidden["BX_PAYSYSTEM_ID"]
    assert shown.payment_url == f"{ACTION_URI}?number=9%2F1&file=&BX_PAYSYSTEM_ID={system}"


def test_going_by_itself_keeps_the_addresss_own_query(store: Store) -> None:
    shown = made(store, {"METHOD": "GET", "ACTION_URI": f"{ACTION_URI}?shop=1#top", "PARAMS": {}})
    system = shown.hidden["BX_PAYSYSTEM_ID"]
    assert shown.payment_url == f"{ACTION_URI}?shop=1&BX_PAYSYSTEM_ID={system}#top"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"METHOD": ""},
        {"METHOD": "POST"},
        {"METHOD": "GET", "FIELDS": {"number": {"CODE": "NUMBER", "VISIBLE": "Y"}}},
        {"METHOD": "GET", "FIELDS": {"phone": {"CODE": {"NAME": "Phone"}}}},
    ],
)
def test_else_it_waits_for_a_click(store: Store, data: dict[str, Any]) -> None:
    assert made(store, data).payment_url == ""


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "/pay", "", None, "http://", ["x"]])
def test_an_address_that_no_browser_should_open(store: Store, uri: Any) -> None:
    with pytest.raises(NotShownError, match=r"FORM_DATA\.ACTION_URI is .*, expected a URL"):
        made(store, {"ACTION_URI": uri})


@pytest.mark.parametrize("fields", [{"a": None}, {"a": []}, {"a": {"CODE": None}}, {"a": {}}])
def test_a_field_that_says_nothing_is_an_empty_hidden_one(store: Store, fields: Any) -> None:
    assert made(store, {"FIELDS": fields}).pairs[0] == ("a", "")
