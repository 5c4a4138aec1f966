"""A buyer pays in Stripe's fields: Stripe is a stand-in for its API, with its own script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from payframe.harness.server.in_process import Running, running
from payframe.widget.build import build
from payframe.widget.config import load
from playwright.sync_api import Locator, Page, Route, expect

from payframe.testing import Mode, shop_page
from tests.e2e.widget_page import CHALLENGED, SUCCESS, PageOutside
from tests.local_stripe import PUBLIC_KEY, SECRET_KEY, local_stripe
from tests.slow import slow

EXAMPLE = Path("examples/stripe/payframe.toml")
ELEMENTS = Path(__file__).with_name("stripe_elements.js").read_text("utf-8")
DECLINED = "4000000000000341"


class StripePage(PageOutside):
    """In the shop's page as well."""

    def field(self, name: str) -> Locator:
        return self.frame.get_by_role("textbox", name=name)

    def fill_card(self, number: str = SUCCESS) -> None:
        self.field("cardNumber").fill(number.replace(" ", ""))
        self.field("cardExpiry").fill("12 / 40")
        self.field("cardCvc").fill("123")


@pytest.fixture(scope="module")
def stripe_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with local_stripe(tmp_path_factory.mktemp("stripe")) as api:
        yield api


@pytest.fixture(scope="module")
def server(stripe_api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example's shop, whose page loads from the stand-in in place of Stripe."""
    folder = tmp_path_factory.mktemp("shop")
    file = folder / "payframe.toml"
    loads = (
        f'scripts = [{{ url = "{stripe_api}/js.stripe.com/v3/" }}]\nconnections = ["{stripe_api}"]'
    )
    text = EXAMPLE.read_text("utf-8") + f"\n[widget.loads.stripe_card]\n{loads}\n"
    file.write_text(text, "utf-8")
    build(file, folder / "dist")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("STRIPE_API", stripe_api),
            ("STRIPE_SECRET_KEY", SECRET_KEY),
            ("STRIPE_PUBLISHABLE_KEY", PUBLIC_KEY),
            ("STRIPE_WEBHOOK_SECRET", "whsec_of_the_tests"),
        ):
            patch.setenv(name, value)
        with running(load(file), folder / "dist") as shop:
            yield shop


@pytest.fixture
def shop(page: Page, server: Running) -> StripePage:
    def script(route: Route) -> None:
        served = route.fetch()
        route.fulfill(response=served, body=served.text() + ELEMENTS)

    def payment_method(route: Route) -> None:
        # Stripe takes the publishable key for it, the stand-in the secret one alone.
        headers = {**route.request.headers, "authorization": f"Bearer {SECRET_KEY}"}
        route.continue_(headers=headers)

    page.route("**/js.stripe.com/v3/", script)
    page.route("**/v1/payment_methods", payment_method)
    return StripePage(page, server.addresses.seller)


def open_new(shop: StripePage, server: Running) -> int:
    """Open a new payment, until it can be paid; its ID."""
    payment = server.new_payment()
    shop.open(payment)
    shop.expect_state("ready")
    return payment


def test_a_card_pays(shop: StripePage, server: Running) -> None:
    payment = open_new(shop, server)
    shop.pay()
    shop.expect_paid()
    assert server.is_paid(payment)
    expect(shop.page.get_by_text("Visa •••• 4242")).to_be_visible()


def test_the_bank_is_asked_in_the_frame(shop: StripePage, server: Running) -> None:
    payment = open_new(shop, server)
    shop.pay(CHALLENGED)
    shop.press("Complete authentication")
    shop.expect_paid()
    assert server.is_paid(payment)


@pytest.mark.parametrize(
    ("mode", "fields"), [("checkout", {}), *slow(("form", {"paymentId": "PAYMENT.ACCOUNT_NUMBER"}))]
)
def test_outside_the_shop_there_are_the_same_fields_and_the_same_bank(
    shop: StripePage, server: Running, mode: Mode, fields: dict[str, str]
) -> None:
    action_uri = f"{server.addresses.gateway}/{mode}"
    shop.page.goto(shop_page(server, action_uri, mode=mode, fields=fields))
    shop.page.locator(".main").click()
    shop.expect_state("ready")
    shop.pay(CHALLENGED)
    shop.press("Complete authentication")
    shop.expect_paid()


def test_who_does_not_confirm_can_pay_another_way(shop: StripePage, server: Running) -> None:
    payment = open_new(shop, server)
    shop.pay(CHALLENGED)
    shop.press("Fail authentication")
    shop.expect_state("failed")
    expect(shop.alert).to_have_text("The payment was not confirmed.")
    shop.pay()
    shop.expect_paid()
    assert server.is_paid(payment)


@pytest.mark.slow
def test_a_declined_card_says_so(shop: StripePage, server: Running) -> None:
    payment = open_new(shop, server)
    shop.pay(DECLINED)
    shop.expect_state("failed")
    expect(shop.alert).to_contain_text("Your bank declined this card.")
    assert not server.is_paid(payment)


@pytest.mark.slow
def test_the_fields_can_be_seen_in_a_dark_shop(shop: StripePage, server: Running) -> None:
    """Stripe's frames are light: in a place that is dark the browser would make them white."""
    shop.open(server.new_payment(), "dark")
    scheme = "(element) => getComputedStyle(element).colorScheme"
    expect(shop.field("cardNumber")).to_be_visible()
    assert shop.field("cardNumber").evaluate(scheme) == "light"
    assert shop.widget.evaluate(scheme) == "dark"


@pytest.mark.parametrize("key", ["", *slow(PUBLIC_KEY)])
def test_without_a_publishable_key_the_page_says_that_the_fields_are_missing(
    shop: StripePage, server: Running, key: str
) -> None:
    """The gateway's offer has it. What the shop's page says is no matter."""

    def offered(route: Route) -> None:
        answer = route.fetch()
        payment = answer.json()
        assert payment["methods"][0]["settings"] == {"publishable_key": PUBLIC_KEY}
        payment["methods"][0]["settings"] = {"publishable_key": key}
        route.fulfill(response=answer, json=payment)

    shop.page.route("**/gateway/payments", offered)
    shop.open(server.new_payment())
    if key:
        expect(shop.field("cardNumber")).to_be_visible()
    else:
        expect(shop.frame.locator("#stripe_card-notice")).to_contain_text("could not be loaded")
