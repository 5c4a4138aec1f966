"""What a shop may look like and say, other than by itself."""

import json
import re

import pytest
from payframe.harness.seller.imitation import KEYS, Imitation, shop_address
from starlette.datastructures import URL

from tests.harness.support import Running, add_payment

MESSAGE = {
    "serviceid": "4411",
    "BX_SYSTEM_PARAMS": {"SUM": "249.9", "PAYMENT_ID": "15", "PAYSYSTEM_ID": "39"},
}


def test_by_itself_nothing_is_changed() -> None:
    assert Imitation.of({}).message(MESSAGE) == MESSAGE


def test_numbers_are_written_as_such() -> None:
    system = Imitation.of({"values": "numbers"}).message(MESSAGE)["BX_SYSTEM_PARAMS"]
    assert system == {"SUM": 249.9, "PAYMENT_ID": 15, "PAYSYSTEM_ID": 39}


@pytest.mark.parametrize(
    "query",
    [
        {"text": "red"},
        {"text": "url(http://evil.example)"},
        {"page": "#12345"},
        {"font": "x; background: url(http://evil.example)"},
        {"language": '"><script>'},
    ],
)
def test_what_cannot_be_a_value_is_left_out(query: dict[str, str]) -> None:
    assert Imitation.of(query) == Imitation()


def test_the_service_is_told_nothing_of_it() -> None:
    """RETURN_URL is the address that the shop alone would have."""
    query = "&".join(f"{name}=1" for name in KEYS)
    address = shop_address(URL(f"http://localhost/payments/7?theme=dark&{query}"))
    assert str(address) == "http://localhost/payments/7?theme=dark"


def test_the_language_of_the_buyer_is_in_the_address() -> None:
    address = shop_address(URL("http://localhost/payments/7?language=pt-BR"))
    assert str(address) == "http://localhost/payments/7?user_lang=pt-BR"


def test_the_page_has_it(running: Running) -> None:
    payment = add_payment(running.store)
    query = "text=%23123456&font=Georgia,serif&language=ru&unknown=1&external=ch_1&observed=1"
    page = running.http.get(f"{running.addresses.seller}/payments/{payment}?{query}").text
    assert '<html lang="ru" class="light" style="--text: #123456;--font: Georgia,serif;' in page
    assert "/static/observed.js" in page
    (data,) = re.findall(r'id="rest-payment-data"[^>]*>(.*?)</script>', page, re.S)
    message = json.loads(data)
    assert message["BX_SYSTEM_PARAMS"]["EXTERNAL_PAYMENT_ID"] == "ch_1"
    assert "BX_NEW_KEY" in message
    assert "unknown" not in message["BX_SYSTEM_PARAMS"]["RETURN_URL"]
