"""The demo's server inside this process."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from payframe.harness.server.in_process import Running, running
from payframe.widget.config import CONFIG, load
from payframe.widget.handler import Mapping


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(load(CONFIG), tmp_path_factory.mktemp("dist")) as served:
        yield served


def page_of(server: Running, payment: int) -> str:
    answer = httpx.get(f"{server.addresses.seller}/payments/{payment}")
    assert answer.status_code == 200
    return answer.text


def iframe_at(url: str) -> dict[str, object]:
    return {
        "IFRAME_DATA": {"ACTION_URI": url, "FIELDS": {"shop": {"CODE": "SHOP"}}},
        "CODES": {"SHOP": {"NAME": "Shop"}},
    }


def test_a_payment_goes_through_the_widget(server: Running) -> None:
    payment = server.new_payment("38.750", "KWD")
    page = page_of(server, payment)
    assert f'src="{server.addresses.widget}"' in page
    assert '"SUM": "38.75"' in page
    assert not server.is_paid(payment)


def test_a_registered_page_gets_its_fields(server: Running) -> None:
    mappings = {"SHOP": Mapping(TYPE="VALUE", VALUE="4411")}
    system = server.register(iframe_at("http://pay.example/a"), mappings)
    page = page_of(server, server.new_payment(through=system))
    assert 'src="http://pay.example/a"' in page
    assert '"shop": "4411"' in page


def test_many_handlers_keep_out_of_each_others_way(server: Running) -> None:
    systems = [server.register(iframe_at(f"http://pay.example/{n}"), {}) for n in range(3)]
    for n, system in enumerate(systems):
        page = page_of(server, server.new_payment(through=system))
        assert f'src="http://pay.example/{n}"' in page
        assert "Ways to pay" not in page


def test_the_gateway_pays_over_the_portal(server: Running) -> None:
    opened = httpx.post(
        f"{server.addresses.gateway}/payments",
        json={"payment_id": server.new_payment(), "paysystem_id": 1},
    )
    assert opened.json()["amount"] == {"value": "100.00", "currency": "USD"}


def test_its_data_is_gone_afterwards(tmp_path: Path) -> None:
    with running(load(CONFIG), tmp_path) as first:
        payment = first.new_payment()
    with running(load(CONFIG), tmp_path) as second:
        assert second.new_payment() == payment
        assert second.addresses.seller.startswith("http://localhost:")
