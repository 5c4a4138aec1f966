"""A page of another site cannot read what runs here by giving this machine a name of its own."""

import pytest

from tests.harness.portal.conftest import Rest
from tests.harness.support import Running

STRANGERS = (
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example@localhost",
    "192.168.0.1",
    "[::2]",
    "[::1].evil.example",
    "",
)


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("path", ["/portal", "/rest/app.info", "/"])
def test_the_portal_refuses_a_name_that_is_not_this_machines(
    rest: Rest, host: str, path: str
) -> None:
    answer = rest.send("GET", path, headers={"Host": host})
    assert answer.status_code == 421
    assert answer.text.startswith("payframe answers on this machine only, as localhost, ")


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("path", ["/", "/portal", "/gateway/openapi.yaml", "/widget/"])
def test_so_does_the_demo(running: Running, host: str, path: str) -> None:
    url = f"http://127.0.0.1:{running.port}{path}"
    assert running.http.get(url, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:8000"])
def test_this_machines_own_names_are_answered_with_any_port(rest: Rest, host: str) -> None:
    assert rest.send("GET", "/portal", headers={"Host": host}).status_code == 200
