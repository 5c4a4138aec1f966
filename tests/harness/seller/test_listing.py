"""The list of payments is searched, and new ones are made on it, over HTTP."""

import html
import re

import httpx
import pytest

from tests.harness.seller.test_pages import get
from tests.harness.support import Running, add_handler, add_payment, read_payment

FORM = {"amount": "249.9", "currency": "eur", "buyer": "2", "paysystem": "1"}


def add(running: Running, origin: str | None = None, **changed: str) -> httpx.Response:
    return running.http.post(
        f"{running.addresses.seller}/payments?theme=dark",
        data=FORM | changed,
        headers={"Origin": origin} if origin else {},
    )


def ids(page: httpx.Response) -> list[str]:
    return re.findall(r'<td class="id">(\d+)</td>', page.text)


def test_the_list_names_every_payment_s_id_and_the_portal_s_word_for_its_state(
    running: Running,
) -> None:
    page = get(running, "/")
    assert ids(page) == [str(number) for number in range(1, 13)]
    assert '<span class="status open">open</span>' in page.text
    portal = get(running, "/portal").text
    assert '<span class="tag">open</span>' in portal


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("1003", ["3"]),
        ("joão hammock", ["5"]),
        ("WEBER", ["2", "10"]),
        ("paid", ["9"]),
        ("18499.50", ["6"]),
        ("JPY iframe", ["3"]),
        ("  ", [str(number) for number in range(1, 13)]),
    ],
)
def test_a_search_finds_payments_by_what_the_list_says(
    running: Running, search: str, found: list[str]
) -> None:
    page = running.http.get(f"{running.addresses.seller}/", params={"search": search})
    assert ids(page) == found


def test_a_search_that_finds_nothing_says_so(running: Running) -> None:
    page = running.http.get(f"{running.addresses.seller}/", params={"search": "<b>x"})
    assert "No payment has “&lt;b&gt;x” in it." in page.text


def test_a_new_payment_is_made_and_opened(running: Running) -> None:
    form = get(running, "/payments/new?theme=dark").text
    assert "iframe: " in form
    answer = add(running)
    assert answer.status_code == 303
    place = answer.headers["location"]
    payment = read_payment(running.store, int(place.partition("?")[0].rpartition("/")[2]))
    assert place.endswith("?theme=dark")
    assert (payment.sum, payment.currency, payment.paid) == ("249.90", "EUR", "N")
    assert payment.order.user_id == 2
    assert "€249.90" in get(running, place).text


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"amount": "0.00"}, "amount", "A number above zero is needed, such as 249.90."),
        ({"amount": "1e3"}, "amount", "A number above zero is needed, such as 249.90."),
        ({"currency": "<b>"}, "currency", "A code of ISO 4217 is needed, such as EUR."),
        ({"buyer": "99"}, "buyer", "This buyer is not known."),
        ({"paysystem": "x"}, "paysystem", "This payment system is not known."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    running: Running, changed: dict[str, str], field: str, sentence: str
) -> None:
    before = len(ids(get(running, "/")))
    page = add(running, **changed)
    assert page.status_code == 422
    assert f'<p class="error" id="{field}-error">{sentence}</p>' in page.text
    text = html.unescape(page.text)
    for name, typed in (FORM | changed).items():
        if name in ("amount", "currency"):
            assert f'name="{name}" value="{typed.upper() if name == "currency" else typed}"' in text
    assert len(ids(get(running, "/"))) == before


def test_a_payment_system_that_does_not_take_the_currency_says_which_it_takes(
    running: Running,
) -> None:
    system = add_handler(
        running.store,
        {"FORM_DATA": {"ACTION_URI": "https://pay.example.com/"}, "CURRENCY": ["USD", "PLN"]},
    )
    before = len(ids(get(running, "/")))
    page = add(running, paysystem=str(system))
    assert page.status_code == 422
    assert "takes no EUR, only USD, PLN." in page.text
    assert len(ids(get(running, "/"))) == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_pages_of_other_origins_add_nothing(running: Running, origin: str) -> None:
    before = len(ids(get(running, "/")))
    assert add(running, origin).status_code == 403
    assert len(ids(get(running, "/"))) == before
    assert add(running, running.addresses.seller).status_code == 303


def test_an_amount_stays_whole(running: Running) -> None:
    payment_id = add_payment(running.store, sum="1234567.5", currency="IDR")
    page = get(running, f"/payments/{payment_id}").text
    assert '<span class="money">IDR <b>1,234,567.50</b></span>' in page
