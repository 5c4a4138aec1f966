"""`payframe serve`, `portals` and `payments`, as whoever runs a gateway uses them."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from payframe.harness.commands.main import application
from payframe.harness.server.serving import in_thread, listen
from payframe.widget.gateway.attempts import Intent, begin_attempt, record, settle
from payframe.widget.gateway.ledger import new_id, open_payment
from payframe.widget.gateway.portal_client import PortalPayment
from payframe.widget.gateway.schema import open_ledger
from starlette.applications import Starlette
from typer.testing import CliRunner

import payframe.gateway
from payframe.errors import PayframeError
from payframe.gateway import ActionRequired, Charged, Instrument, Method, Money, Redirect

WEBHOOK = "https://acme.example/rest/1/secretcode99/"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("PORTAL", "KEY", "DATABASE", "CONFIG", "DIST", "URL", "ALLOW_SANDBOX"):
        monkeypatch.setenv(f"PAYFRAME_{name}", "")  # put back afterwards, whatever serve sets
        monkeypatch.delenv(f"PAYFRAME_{name}")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(application(frozenset([arguments[0]])), list(arguments))
    if isinstance(result.exception, PayframeError):
        return str(result.exception)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_a_portal_serve_says_what_to_set() -> None:
    assert "Set PAYFRAME_PORTAL" in run("serve")


def test_the_sandbox_is_not_served_to_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYFRAME_PORTAL", WEBHOOK)
    assert "The sandbox takes no real money" in run("serve", "--host", "0.0.0.0")


def test_another_server_can_run_the_same_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYFRAME_PORTAL", WEBHOOK)
    monkeypatch.setenv("PAYFRAME_ALLOW_SANDBOX", "1")
    port, sockets = listen(0)

    def made(ready: Callable[[], None]) -> Starlette:
        ready()
        return payframe.gateway.application()

    with in_thread(made, sockets):
        url = f"http://127.0.0.1:{port}"
        assert httpx.get(f"{url}/gateway/healthz").json()["status"] == "ok"
        assert "payframe_unsettled 0.0" in httpx.get(f"{url}/metrics").text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("x = 1", "has no `provider`"),
        ("provider = object()", "`provider` has no methods, no instrument, no start"),
    ],
)
def test_a_provider_that_cannot_be_used_is_told_with_its_file(
    monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    monkeypatch.setenv("PAYFRAME_PORTAL", WEBHOOK)
    Path("provider.py").write_text(text)
    Path("payframe.toml").write_text(
        '[handler]\nNAME = "n"\nCODE = "n"\n[handler.SETTINGS]\nCODES = {}\n'
        '[handler.SETTINGS.IFRAME_DATA]\nACTION_URI = "https://p.example/"\n'
        '[paysystem]\nNAME = "n"\n[widget]\nbrand = "n"\n[gateway]\nprovider = "provider.py"\n'
    )
    told = run("serve")
    assert "provider.py: " in told
    assert says in told


def test_portals_are_added_listed_and_removed_and_their_webhooks_stay_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAYFRAME_KEY", run("portals", "key").strip())
    assert "Added: acme" in run("portals", "add", "acme", "--portal", WEBHOOK)
    listed = run("portals", "list")
    assert "https://acme.example/rest/1/secr…/" in listed
    assert "secretcode99" not in listed
    monkeypatch.delenv("PAYFRAME_KEY")
    assert "(encrypted)" in run("portals", "list")
    assert "Removed: acme" in run("portals", "remove", "acme")
    assert "No shop has the key 'acme'" in run("portals", "remove", "acme")


@pytest.mark.parametrize("key", ["", "short", "A" * 42])
def test_a_key_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("PAYFRAME_KEY", key)
    assert "`payframe portals key` makes one" in run("portals", "add", "acme", "--portal", WEBHOOK)


def test_no_id_could_be_taken_for_an_option() -> None:
    assert all(new_id().isalnum() for _ in range(100))


def test_the_story_of_a_payment_is_told_by_any_of_its_names() -> None:
    store = open_ledger(".payframe/gateway.db")
    seen = PortalPayment(7, 1, "77/1", "100.00", "USD", paid=False, settings={})
    payment = open_payment(store, "acme", seen)
    intent = Intent("k", Method("redirect", "Bank account"), Instrument(), "https://shop/", "en")
    attempt = begin_attempt(store, payment, intent)
    assert attempt
    record(store, attempt, ActionRequired(Redirect("https://bank.example/"), reference="ch_9"))
    assert "1 attempts are taken up" in run("payments", "settle", payment.id)
    record(store, attempt, Charged(Money("100.00", "USD")))
    settle(store, attempt)
    store.close()
    for name in (payment.id, "7", "77/1", "ch_9", attempt.id):
        told = run("payments", "show", name)
        assert f"{payment.id}  payment 7 (77/1) of payment system 1 of acme" in told
        assert "ch_9 at the service" in told
        assert "the service says: the buyer is to act (Redirect)" in told
        assert f"{time.strftime('%Y-%m-%d', time.gmtime())} " in told
        assert "the portal knows that it is paid" in told
    assert "77/1" in run("payments", "list")
    assert "No payment." in run("payments", "list", "--unsettled")
    assert "Nothing is left to do" in run("payments", "settle", payment.id)
    assert "No payment is called 8" in run("payments", "show", "8")
