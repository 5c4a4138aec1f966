"""A fresh shop is filled once; the handler is renewed at every start."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from payframe.harness.init.project import PROVIDERS, write_project
from payframe.harness.portal.provision import webhook_path
from payframe.harness.sale.handlers import mode_of
from payframe.harness.seller.choice import offered
from payframe.harness.server.seed import seed
from payframe.harness.store.database import Store, open_store
from payframe.harness.store.models import Handler, ParameterMapping, Payment, PaySystem, Token
from payframe.widget.config import CONFIG, Config, load
from payframe.widget.gateway.amount import format_amount
from payframe.widget.modes import Mode
from sqlalchemy import func, select

from tests.harness.support import change_payment, read_payment

GATEWAY = "http://127.0.0.1/gateway"


def count(store: Store, table: type) -> int | None:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def edited(config: Config, **changes: object) -> Config:
    return config.model_copy(update={"paysystem": config.paysystem.model_copy(update=changes)})


def test_a_fresh_shop_has_a_dozen_payments_in_many_currencies(store: Store) -> None:
    with store.read() as session:
        payments = session.scalars(select(Payment)).unique().all()
    assert len(payments) == 12
    assert {"USD", "EUR", "JPY", "KWD", "BRL", "INR"} <= {each.currency for each in payments}
    assert {each.paid for each in payments} == {"Y", "N"}
    for each in payments:
        assert format_amount(Decimal(each.sum), each.currency) == each.sum
        assert each.order.user.last_name
        assert (each.date_paid is not None) == (each.paid == "Y")


def test_what_was_paid_stays_paid_at_the_next_start(store: Store) -> None:
    change_payment(store, 1, paid="Y")
    webhook = webhook_path(store)
    seed(store, load(CONFIG), "http://127.0.0.1:9000/widget/", GATEWAY)
    assert read_payment(store, 1).paid == "Y"
    assert count(store, Payment) == 12
    assert count(store, Token) == count(store, PaySystem) == count(store, Handler) == 1
    assert webhook_path(store) == webhook


def test_an_edit_of_the_configuration_shows_at_the_next_start(store: Store) -> None:
    config = load(CONFIG)
    fewer = dict(list(config.paysystem.SETTINGS.items())[:1])
    seed(
        store, edited(config, NAME="By card", SETTINGS=fewer), "https://other.example/pay", GATEWAY
    )
    with store.read() as session:
        handler = session.scalars(select(Handler)).one()
        assert handler.settings["IFRAME_DATA"]["ACTION_URI"] == "https://other.example/pay"
        assert session.scalars(select(PaySystem.name)).one() == "By card"
        assert session.scalars(select(ParameterMapping.code)).all() == list(fewer)


def test_a_mapping_for_one_payer_type_is_not_the_files_to_renew(store: Store) -> None:
    with store.write() as session:
        session.add(
            ParameterMapping(
                pay_system_id=1, person_type_id=2, code="X", type="VALUE", value="kept"
            )
        )
    seed(store, load(CONFIG), "http://127.0.0.1/widget/", GATEWAY)
    with store.read() as session:
        kept = session.scalars(select(ParameterMapping).where(ParameterMapping.code == "X")).one()
        assert kept.value == "kept"


def test_the_handler_keeps_what_the_file_says_in_the_platforms_words(store: Store) -> None:
    with store.read() as session:
        handler = session.scalars(select(Handler)).one()
    assert handler.settings["IFRAME_DATA"]["FIELDS"] == {
        "serviceid": {"CODE": "REST_SERVICE_ID_IFRAME"}
    }
    assert handler.settings["CLIENT_TYPE"] == "b2c"


def test_every_shop_has_a_webhook_of_its_own(store: Store) -> None:
    user, _, code = webhook_path(store).partition("/")
    assert user == "1"
    assert len(code) == 16


def of_project(folder: Path, modes: list[Mode], currencies: list[str]) -> Config:
    list(write_project(PROVIDERS["own"], folder, modes, currencies))
    return load(folder / "payframe.toml")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "harness.db"))
    yield opened
    opened.close()


def test_every_handler_has_a_payment_and_its_server_at_the_demos_gateway(
    empty: Store, tmp_path: Path
) -> None:
    config = of_project(tmp_path, ["form", "iframe", "checkout"], ["USD", "EUR"])
    seed(empty, config, "http://127.0.0.1/widget/", GATEWAY)
    with empty.read() as session:
        payments = session.scalars(select(Payment).where(Payment.paid == "N")).unique().all()
        for payment in payments:
            assert payment.pay_system in offered(session, payment)
        through = [each.pay_system_id for each in payments]
        handlers = {mode_of(each): each.settings for each in session.scalars(select(Handler)).all()}
    assert through == [1, 2, 3, *[1] * (len(through) - 3)]
    assert handlers["form"]["FORM_DATA"]["ACTION_URI"] == f"{GATEWAY}/form"
    assert handlers["checkout"]["CHECKOUT_DATA"]["ACTION_URI"] == f"{GATEWAY}/checkout"
    assert handlers["iframe"]["IFRAME_DATA"]["ACTION_URI"] == "http://127.0.0.1/widget/"


def test_there_are_orders_in_what_the_handler_takes_and_in_nothing_else(
    empty: Store, tmp_path: Path
) -> None:
    config = of_project(tmp_path, ["iframe"], ["EUR", "CHF", "TND"])
    seed(empty, config, "http://127.0.0.1/widget/", GATEWAY)
    with empty.read() as session:
        sums = {(each.sum, each.currency) for each in session.scalars(select(Payment)).unique()}
    assert sums == {
        ("249.90", "EUR"),
        ("0.99", "EUR"),
        ("100.00", "CHF"),
        ("100.000", "TND"),
    }
