"""The demo finds a port, and says what it serves."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from payframe.harness.server.guide import describe, print_guide, print_json, warnings
from payframe.harness.server.serving import PortError, listen
from payframe.widget.config import CONFIG, load
from payframe.widget.handler import Mapping
from rich.console import Console

from tests.harness.support import Running

KEYS = {
    "STRIPE_SECRET_KEY": "sk_test_1",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
}


@contextmanager
def taken(family: socket.AddressFamily, host: str) -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket(family) as other:
        other.bind((host, 0))
        other.listen()
        yield other.getsockname()[1]


def close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def has_ipv6() -> bool:
    try:
        with taken(socket.AF_INET6, "::1"):
            return True
    except OSError:
        return False


def test_any_port_is_one_that_answers_on_both_loopbacks() -> None:
    port, sockets = listen(0)
    try:
        hosts = ["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"]
        for host in hosts:
            socket.create_connection((host, port), timeout=5).close()
    finally:
        close(sockets)


def test_a_busy_port_moves_to_the_next_free_one() -> None:
    with taken(socket.AF_INET, "127.0.0.1") as busy:
        port, sockets = listen(busy)
        close(sockets)
    assert busy < port < busy + 50


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
def test_a_port_that_is_busy_on_the_other_loopback_is_busy() -> None:
    with taken(socket.AF_INET6, "::1") as busy:
        port, sockets = listen(busy)
        close(sockets)
    assert busy < port < busy + 50


def test_no_free_port_is_told() -> None:
    port, sockets = listen(65535)
    try:
        with pytest.raises(PortError, match="No port from 65535"):
            listen(port)
    finally:
        close(sockets)


def test_answers_are_sent_at_once() -> None:
    _, sockets = listen(0)
    assert all(each.proto == socket.IPPROTO_TCP for each in sockets)
    close(sockets)


def test_what_is_served_is_one_line_of_json(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    print_json(describe(running.store, running.addresses, running.addresses.widget))
    (line,) = capsys.readouterr().out.splitlines()
    ready = json.loads(line)
    assert list(ready) == ["studio", "seller", "widget", "gateway", "portal", "webhook", "payments"]
    assert ready["payments"][0] == {
        "id": 1,
        "url": f"{running.addresses.seller}/payments/1",
        "sum": "100.00",
        "currency": "USD",
        "paid": False,
    }
    answer = running.http.get(f"{ready['webhook']}/sale.payment.get", params={"id": 1})
    assert answer.json()["result"]["payment"]["id"] == 1


def test_a_person_is_told_where_to_look_and_what_to_type(running: Running) -> None:
    out = StringIO()
    ready = describe(running.store, running.addresses, running.addresses.widget)
    print_guide(Console(file=out, width=100), running.port)(ready)
    text = out.getvalue()
    assert f"{running.addresses.seller}/" in text
    assert "4242 4242 4242 4242" in text
    assert "3782 822463 10005" in text
    assert "$100.00" in text
    assert "busy" not in text

    print_guide(Console(file=out, width=100), 1)(ready)
    assert "Port 1 is busy" in out.getvalue()


def test_the_sandboxs_cards_are_not_told_where_another_takes_the_payments(
    running: Running,
) -> None:
    out = StringIO()
    ready = describe(running.store, running.addresses, running.addresses.widget)
    print_guide(Console(file=out, width=100), running.port, "provider.py")(ready)
    assert "Payments go through provider.py." in out.getvalue()
    assert "4242" not in out.getvalue()


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({}, "STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET"),
        (KEYS | {"STRIPE_PUBLISHABLE_KEY": ""}, "STRIPE_PUBLISHABLE_KEY"),
    ],
)
def test_stripe_without_keys_is_warned_of(
    tmp_path: Path, variables: dict[str, str], missing: str
) -> None:
    (tmp_path / "index.html").touch()
    config = load(Path("examples/stripe/payframe.toml"))
    (warning,) = warnings(config, tmp_path, variables)
    assert f"set {missing} in the environment" in warning
    assert warnings(load(CONFIG), tmp_path, variables) == []


def test_stripe_with_keys_of_the_environment_or_of_the_shop_is_not(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    config = load(Path("examples/stripe/payframe.toml"))
    assert warnings(config, tmp_path, KEYS) == []
    of_shop = {name: Mapping(TYPE="VALUE", VALUE=value) for name, value in KEYS.items()}
    paysystem = config.paysystem.model_copy(update={"SETTINGS": of_shop})
    assert warnings(config.model_copy(update={"paysystem": paysystem}), tmp_path, {}) == []


def test_a_widget_that_is_not_built_is_warned_of(tmp_path: Path) -> None:
    (warning,) = warnings(load(CONFIG), tmp_path)
    assert "payframe build" in warning
    (tmp_path / "index.html").write_text("")
    assert warnings(load(CONFIG), tmp_path) == []
