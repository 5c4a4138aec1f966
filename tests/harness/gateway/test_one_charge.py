"""A payment is charged once, whatever happens at once, on every database that is offered."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from payframe.widget.gateway.ledger import MONEY_AT_STAKE, LedgerAttempt, LedgerPayment
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.harness.gateway.conftest import Api, card
from tests.harness.support import Running, add_payment, serve, wait_for
from tests.slow import slow

AT_ONCE = 6
PROCESSING = "4000000000000077"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.harness.sandbox.provider.PROCESSING_SECONDS", 0.2)


@pytest.fixture(params=["rows locked", *slow("writes in turn")])
def locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the store has it, and with nothing but what the ledger itself locks."""
    if request.param == "rows locked":

        def nothing(session: Session) -> None:
            pass

        monkeypatch.setattr("payframe.harness.store.database.lock_writes", nothing)


def at_once(attempt: Callable[[int], httpx.Response]) -> Counter[int]:
    """The statuses of attempts that begin in the same moment."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(each.status_code for each in threads.map(attempt, range(AT_ONCE)))


def attempt_with_own_key(api: Api, gateway_id: str, number: str, n: int) -> httpx.Response:
    return api.attempt(gateway_id, f"key-{n}", data=card(number))


def attempt_with_one_key(api: Api, gateway_id: str, _n: int) -> httpx.Response:
    return api.attempt(gateway_id, "key")


def wait_for_paid(api: Api, gateway_id: str) -> None:
    wait_for(lambda: api.read(gateway_id)["status"] == "paid")


def charged(running: Running, payment_id: int) -> int:
    """How many attempts of a payment have, or will have, the money."""
    with running.store.read() as session:
        found = (
            select(LedgerAttempt.id)
            .join(LedgerPayment)
            .where(LedgerPayment.payment_id == payment_id, LedgerAttempt.status.in_(MONEY_AT_STAKE))
        )
        return len(session.scalars(found).all())


@pytest.mark.usefixtures("locks")
@pytest.mark.parametrize("number", [PROCESSING, *slow("4242424242424242")])
def test_keys_of_their_own_at_once(
    anywhere: Running, charges: Callable[[], list[str]], number: str
) -> None:
    api = Api(anywhere)
    for _ in range(3):
        payment_id = add_payment(anywhere.store)
        gateway_id = api.opened(payment_id)
        statuses = at_once(partial(attempt_with_own_key, api, gateway_id, number))
        assert set(statuses) <= {201, 409}
        assert charged(anywhere, payment_id) == 1
        wait_for_paid(api, gateway_id)
        assert charges().count(str(payment_id)) == 1


@pytest.mark.usefixtures("locks")
def test_one_key_at_once_is_one_answer(anywhere: Running, charges: Callable[[], list[str]]) -> None:
    api = Api(anywhere)
    for _ in range(3):
        payment_id = add_payment(anywhere.store)
        gateway_id = api.opened(payment_id)
        statuses = at_once(partial(attempt_with_one_key, api, gateway_id))
        assert set(statuses) <= {200, 201}
        assert charged(anywhere, payment_id) == 1
        wait_for_paid(api, gateway_id)
        assert charges().count(str(payment_id)) == 1


@pytest.mark.usefixtures("locks")
def test_a_payment_that_many_open_at_once_is_one(anywhere: Running) -> None:
    api = Api(anywhere)
    payment_id = add_payment(anywhere.store)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda _: api.open(payment_id), range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.usefixtures("locks")
def test_two_services_on_one_database(anywhere: Running, charges: Callable[[], list[str]]) -> None:
    webhook = anywhere.addresses.webhook
    with serve(anywhere.store, anywhere.dist, webhook=webhook) as other:
        apis = [Api(anywhere), Api(other)]
        payment_id = add_payment(anywhere.store)
        gateway_id = apis[0].opened(payment_id)
        statuses = at_once(lambda n: apis[n % 2].attempt(gateway_id, f"key-{n}"))
        assert set(statuses) <= {201, 409}
        wait_for(lambda: apis[1].read(gateway_id)["status"] == "paid")
    assert charged(anywhere, payment_id) == 1
    assert charges() == [str(payment_id)]
