"""What each client has sent, byte by byte, is answered as when it was recorded.

Recorded with: b24phpsdk 1.9.0 (part of its own integration tests), PHP as CRest calls, b24pysdk
1.3.2, fast-bitrix24 1.8.14, @bitrix24/b24jssdk 2.2.0; each on a fresh portal.
"""

import http.client
import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from payframe.harness.portal.provision import add_cash, webhook_path
from payframe.harness.server.portal import portal_app
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import open_store

RECORDED = Path(__file__).parent / "recorded"


@pytest.fixture
def fresh(tmp_path: Path, provisioned: Path) -> Iterator[tuple[int, str]]:
    """Port and webhook, USER/CODE, of a portal that nobody has called yet."""
    store = open_store(shutil.copy(str(provisioned), str(tmp_path)))
    with store.write() as session:
        add_cash(session)
    port, sockets = listen(0)
    with in_thread(lambda ready: portal_app(store, on_start=ready), sockets):
        yield port, webhook_path(store)
    store.close()


def send(port: int, head: str, body: str) -> http.client.HTTPResponse:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head.encode("latin-1") + body.encode())
        answer = http.client.HTTPResponse(connection, method=head.partition(" ")[0])
        answer.begin()
        answer.content = answer.read()  # type: ignore[attr-defined]
        return answer


@pytest.mark.parametrize("client", sorted(each.stem for each in RECORDED.glob("*.json")))
def test_it_is_answered_as_when_it_was_recorded(fresh: tuple[int, str], client: str) -> None:
    port, webhook = fresh
    recorded: list[dict[str, Any]] = json.loads((RECORDED / f"{client}.json").read_text("utf-8"))
    assert recorded
    for each in recorded:
        head = "\r\n".join([*each["head"], "", ""])
        head = head.replace("{host}", f"localhost:{port}").replace("{webhook}", webhook)
        answer = send(port, head, each["body"])
        content = json.loads(answer.content)  # type: ignore[attr-defined]
        assert (answer.status, content.get("error")) == (each["status"], each["error"]), each
        assert answer.headers["access-control-allow-origin"] == "*"


def test_the_php_sdk_was_recorded_with_the_webhook_as_portals_print_it() -> None:
    recorded = json.loads((RECORDED / "b24phpsdk.json").read_text("utf-8"))
    for each in recorded:
        path = each["head"][0].split()[1]
        assert path.startswith("/rest/{webhook}//")
        assert "/?bx24_request_id=" in path
