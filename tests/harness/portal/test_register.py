import shutil
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from payframe.harness.init.project import PROVIDERS, write_project
from payframe.harness.portal.errors import SYSTEM
from payframe.harness.register import (
    ADVICE,
    Change,
    RegisterError,
    placeholder_uri,
    register,
    unregister,
)
from payframe.widget.config import load

from tests.harness.portal.process import CONFIG, Running, payframe, running_portal

Changing = Callable[..., Iterator[Change]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(str(CONFIG), str(tmp_path))
    return tmp_path


@pytest.fixture
def trusting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A portal over TLS that this process trusts."""
    with running_portal(folder, "--tls") as running:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.authority))
        yield running


def changes(running: Running, doing: Changing, *, dry_run: bool = False) -> list[str]:
    config = load(running.folder / "payframe.toml")
    return [each.text for each in doing(config, running.webhook, dry_run=dry_run)]


def run(running: Running, *arguments: str) -> tuple[int, str]:
    command, *options = arguments
    done = payframe(
        running.folder,
        command,
        "--portal",
        running.webhook,
        "--config=payframe.toml",
        *options,
        REQUESTS_CA_BUNDLE=str(running.authority),
    )
    return done.returncode, done.stdout + done.stderr


def test_register_update_and_unregister(trusting: Running) -> None:
    added = [
        "Handler resthandleriframe added.",
        "Payment system Card or bank added, active.",
    ]
    assert changes(trusting, register, dry_run=True) == added
    assert changes(trusting, register) == added
    assert changes(trusting, register) == []

    config = trusting.folder / "payframe.toml"
    text = config.read_text("utf-8")
    text = text.replace("https://pay.example.com/", "https://pay.northpay.test/")
    text = text.replace('VALUE = "4411"', 'VALUE = "4412"').replace("Card or bank", "Card")
    config.write_text(text, "utf-8")
    updated = [
        "Handler resthandleriframe updated: SETTINGS.",
        "Payment system 2 updated: NAME.",
        "Payment system 2 updated: SETTINGS REST_SERVICE_ID_IFRAME.",
    ]
    assert changes(trusting, register, dry_run=True) == updated
    assert changes(trusting, register) == updated
    assert changes(trusting, register) == []

    deleted = ["Payment system 2 (Card) deleted.", "Handler resthandleriframe deleted."]
    assert changes(trusting, unregister, dry_run=True) == deleted
    assert changes(trusting, unregister) == deleted
    assert changes(trusting, unregister) == []


@pytest.mark.slow
def test_the_command_says_what_it_does(trusting: Running) -> None:
    code, said = run(trusting, "register", "--dry-run")
    assert code == 0
    assert "still the example's address" in said
    assert said.count("Would be: ") == 2
    assert "Nothing to change." in run(trusting, "unregister")[1]


def test_a_refusal_is_the_portals_own_words_and_what_to_do(trusting: Running) -> None:
    payframe(trusting.folder, "fault", "set", "insufficient_scope")
    code, said = run(trusting, "register")
    assert code == 2
    assert "insufficient_scope: The request requires higher privileges" in said
    assert "Give the webhook the scopes pay_system and sale." in said
    assert "Traceback" not in said


@pytest.mark.parametrize("code", SYSTEM)
def test_every_system_error_comes_with_advice(code: str) -> None:
    """What only the portal's own side can mend, and what a registration never meets, has one."""
    others = {
        *("INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER", "ERROR_MANIFEST_IS_NOT_AVAILABLE"),
        *("ERROR_BATCH_LENGTH_EXCEEDED", "ERROR_BATCH_METHOD_NOT_ALLOWED"),
    }
    assert (code in ADVICE) == (code not in others)


@pytest.mark.slow
def test_a_payment_system_in_use_stays(trusting: Running) -> None:
    changes(trusting, register)
    context = ssl.create_default_context(cafile=trusting.authority)
    with httpx.Client(verify=context) as client:

        def add(method: str, **fields: object) -> dict[str, dict[str, int]]:
            answer = client.post(f"{trusting.webhook}/{method}", json={"fields": fields})
            result: dict[str, dict[str, int]] = answer.json()["result"]
            return result

        order = add("sale.order.add", lid="s1", personTypeId=1, currency="USD", price=5)["order"]
        add("sale.payment.add", orderId=order["id"], paySystemId=2)
    with pytest.raises(RegisterError, match="was not deleted"):
        changes(trusting, unregister)


@pytest.mark.parametrize(
    ("portal", "said"),
    [
        ("https://shop.bitrix24.com/", "is not the URL of an incoming webhook"),
        ("https://localhost:1/rest/1/code/", "The portal cannot be reached"),
    ],
)
def test_a_portal_that_cannot_be_called(folder: Path, portal: str, said: str) -> None:
    done = payframe(folder, "register", "--portal", portal)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


SERVERS = """
[[handlers]]
NAME = "Bank page"
CODE = "bankpage"
[handlers.SETTINGS.CHECKOUT_DATA]
ACTION_URI = "https://pay.example.com/checkout"
FIELDS = { serviceid = { CODE = "SERVICE_ID" } }
[handlers.SETTINGS.CODES.SERVICE_ID]
NAME = "Store number"
[handlers.paysystem]
NAME = "Bank"
SETTINGS = { SERVICE_ID = { TYPE = "VALUE", VALUE = "4411" } }

[[handlers]]
NAME = "Old form"
CODE = "oldform"
[handlers.SETTINGS.FORM_DATA]
ACTION_URI = "https://pay.example.com/form"
METHOD = "POST"
FIELDS = { order = { CODE = "ORDER" } }
[handlers.SETTINGS.CODES.ORDER]
NAME = "Order"
[handlers.paysystem]
NAME = "Form"
SETTINGS = { ORDER = { TYPE = "ORDER", VALUE = "ACCOUNT_NUMBER" } }
"""


def test_handlers_of_every_mode_are_registered(trusting: Running) -> None:
    config = trusting.folder / "payframe.toml"
    config.write_text(config.read_text("utf-8") + SERVERS, "utf-8")
    assert changes(trusting, register) == [
        "Handler resthandleriframe added.",
        "Payment system Card or bank added, active.",
        "Handler bankpage added.",
        "Payment system Bank added, active.",
        "Handler oldform added.",
        "Payment system Form added, active.",
    ]
    assert changes(trusting, register) == []
    assert "Handler oldform deleted." in changes(trusting, unregister)


def test_a_project_without_a_page_in_a_frame_is_registered(trusting: Running) -> None:
    config = trusting.folder / "payframe.toml"
    config.unlink()
    list(write_project(PROVIDERS["own"], trusting.folder, ["form", "checkout"], ["EUR"]))
    assert placeholder_uri(load(config))
    assert changes(trusting, register) == [
        "Handler mypayments added.",
        "Payment system Pay by form added, active.",
        "Handler mypaymentscheckout added.",
        "Payment system Pay by link added, active.",
    ]
    assert changes(trusting, register) == []
