import shutil
import ssl
from pathlib import Path

import httpx
import pytest

from .process import Running, payframe, running_portal

CONFIG = Path(__file__).parents[2] / "payframe.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(str(CONFIG), str(tmp_path))
    return tmp_path


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


def test_register_update_and_unregister(folder: Path) -> None:
    with running_portal(folder, "--tls") as running:
        code, said = run(running, "register", "--dry-run")
        assert (code, said.count("Would be: ")) == (0, 2)

        code, said = run(running, "register")
        assert code == 0
        assert "still the example's address" in said
        assert "Handler resthandleriframe added." in said
        assert "Payment system Card or bank added, active." in said
        assert "Nothing to change." in run(running, "register")[1]

        config = folder / "payframe.toml"
        text = config.read_text("utf-8")
        text = text.replace("https://pay.example.com/", "https://pay.northpay.test/")
        text = text.replace('VALUE = "4411"', 'VALUE = "4412"').replace("Card or bank", "Card")
        config.write_text(text, "utf-8")
        code, said = run(running, "register")
        assert code == 0
        assert "example's address" not in said
        assert "Handler resthandleriframe updated: SETTINGS." in said
        assert "Payment system 1 updated: NAME." in said
        assert "Payment system 1 updated: SETTINGS REST_SERVICE_ID_IFRAME." in said
        assert "Nothing to change." in run(running, "register")[1]

        code, said = run(running, "unregister")
        assert code == 0
        assert "Payment system 1 (Card) deleted." in said
        assert "Handler resthandleriframe deleted." in said
        assert "Nothing to change." in run(running, "unregister")[1]


def test_a_refusal_is_the_portals_own_words_and_what_to_do(folder: Path) -> None:
    with running_portal(folder, "--tls") as running:
        payframe(folder, "fault", "set", "insufficient_scope")
        code, said = run(running, "register")
        assert code == 2
        assert "insufficient_scope: The request requires higher privileges" in said
        assert "Give the webhook the scopes pay_system and sale." in said
        assert "Traceback" not in said


def test_a_payment_system_in_use_stays(folder: Path) -> None:
    with running_portal(folder, "--tls") as running:
        run(running, "register")
        order = {"lid": "s1", "personTypeId": 1, "currency": "USD", "price": 5}

        def call(method: str, fields: dict[str, object]) -> dict[str, dict[str, int]]:
            answer = httpx.post(
                f"{running.webhook}/{method}", json={"fields": fields}, verify=context
            )
            result: dict[str, dict[str, int]] = answer.json()["result"]
            return result

        context = ssl.create_default_context(cafile=running.authority)
        order_id = call("sale.order.add", order)["order"]["id"]
        call("sale.payment.add", {"orderId": order_id, "paySystemId": 1})
        code, said = run(running, "unregister")
        assert code == 2
        assert "was not deleted" in said


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
