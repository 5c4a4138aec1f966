"""The demo's handlers in form and checkout mode."""

from payframe.harness.sale.handlers import handler_of, mode_of
from payframe.harness.seller.choice import offered
from payframe.harness.server.seed_modes import seed_modes
from payframe.harness.store.database import Store
from payframe.harness.store.models import Handler, Payment, PaySystem
from sqlalchemy import func, select

from tests.harness.support import change_payment, read_payment

GATEWAY = "http://127.0.0.1:8000/gateway"
IFRAME = "resthandleriframe"


def seeded(store: Store, gateway: str = GATEWAY) -> Store:
    seed_modes(store, gateway, IFRAME)
    return store


def test_each_mode_has_a_payment_of_its_own(store: Store) -> None:
    with seeded(store).read() as session:
        added = session.scalars(select(Payment).where(Payment.id > 12)).unique().all()
        modes = {mode_of(handler_of(session, each.pay_system)) for each in added}
        assert modes == {"form", "checkout"}
        for each in added:
            assert each.pay_system in offered(session, each)
            assert each.pay_system_name == each.pay_system.name


def test_the_first_payments_stay_in_iframe_mode(store: Store) -> None:
    with seeded(store).read() as session:
        for payment in session.scalars(select(Payment).where(Payment.id <= 12)).unique():
            assert mode_of(handler_of(session, payment.pay_system)) == "iframe"
            assert offered(session, payment)[0].action_file == IFRAME


def test_what_is_offered_depends_on_currency_and_payer(store: Store) -> None:
    with seeded(store).read() as session:
        offers = {
            payment.order.account_number: [each.action_file for each in offered(session, payment)]
            for payment in session.scalars(select(Payment)).unique()
        }
    assert offers["1001"] == [IFRAME, "sandboxform", "sandboxcheckout"]
    assert offers["1003"] == [IFRAME, "sandboxcheckout"]
    assert offers["1015"] == ["sandboxcompany"]


def test_a_start_renews_the_addresses_and_keeps_the_rest(store: Store) -> None:
    seeded(store)
    change_payment(store, 13, paid="Y")
    with store.write() as session:
        session.get_one(PaySystem, 2).name = "My bank"
    with seeded(store, "http://127.0.0.1:9000/gateway").read() as session:
        handler = session.scalars(select(Handler).where(Handler.code == "sandboxform")).one()
        assert handler.settings["FORM_DATA"]["ACTION_URI"] == "http://127.0.0.1:9000/gateway/form"
        assert session.scalar(select(func.count()).select_from(PaySystem)) == 4
        assert session.scalar(select(func.count()).select_from(Payment)) == 15
        assert session.get_one(PaySystem, 2).name == "My bank"
    assert read_payment(store, 13).paid == "Y"
