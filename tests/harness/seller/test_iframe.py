"""What the seller's page posts to the frame, less the style that only a browser knows."""

from typing import Any

import pytest
from payframe.harness.sale.values import explained_values
from payframe.harness.seller.iframe import frame
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Payment
from sqlalchemy import select

from tests.harness.support import add_payment

RETURN_URL = "http://localhost:8000/payments/1?theme=dark"


def posted(store: Store, fields: Any, **payment: Any) -> dict[str, Any]:
    payment_id = add_payment(store, **payment)
    with store.write() as session:
        handler = session.scalars(select(Handler)).one()
        data = {**handler.settings["IFRAME_DATA"], "FIELDS": fields}
        handler.settings = {**handler.settings, "IFRAME_DATA": data}
        found = session.get_one(Payment, payment_id)
        values = explained_values(session, found, found.pay_system)
        shown = frame(found, handler, values, RETURN_URL)
        assert shown.action_uri == "http://127.0.0.1/widget/"
        return shown.data


def test_each_field_is_a_key_of_its_own_with_its_parameters_value(store: Store) -> None:
    data = posted(store, {"serviceid": {"CODE": "REST_SERVICE_ID_IFRAME"}})
    assert list(data) == ["serviceid", "BX_SYSTEM_PARAMS"]
    assert data["serviceid"] == "4411"


def test_the_system_parameters_tell_the_payment(store: Store) -> None:
    params = posted(store, {}, sum="38.750", currency="KWD")["BX_SYSTEM_PARAMS"]
    assert params.pop("PAYMENT_ID").isdecimal()
    assert params == {
        "RETURN_URL": RETURN_URL,
        "PAYSYSTEM_ID": "1",
        "SUM": "38.75",
        "CURRENCY": "KWD",
    }


def test_the_services_own_id_is_told_once_it_is_known(store: Store) -> None:
    params = posted(store, {}, ps_invoice_id="pay_1")["BX_SYSTEM_PARAMS"]
    assert params["EXTERNAL_PAYMENT_ID"] == "pay_1"
    assert "EXTERNAL_PAYMENT_ID" not in posted(store, {})["BX_SYSTEM_PARAMS"]


def test_a_field_that_the_buyer_fills_in_is_not_posted(store: Store) -> None:
    fields = {
        "phone": {"VISIBLE": "Y", "CODE": {"NAME": "Phone number", "TYPE": "STRING"}},
        "serviceid": {"CODE": "REST_SERVICE_ID_IFRAME", "VISIBLE": "Y"},
    }
    assert list(posted(store, fields)) == ["serviceid", "BX_SYSTEM_PARAMS"]


def test_a_field_of_an_unknown_parameter_is_empty(store: Store) -> None:
    assert posted(store, {"x": {"CODE": "NO_SUCH"}})["x"] == ""


@pytest.mark.parametrize("fields", [None, {}, []])
def test_without_fields_only_the_system_parameters_are_posted(store: Store, fields: Any) -> None:
    assert list(posted(store, fields)) == ["BX_SYSTEM_PARAMS"]
