import ssl
from pathlib import Path

import httpx
import pytest
from payframe.harness.server.tls import AuthorityError, local_tls, trusting_environment

from tests.harness.portal.process import CONFIG, payframe, running


def test_the_authority_is_made_once(tmp_path: Path) -> None:
    first = local_tls(tmp_path / "new")
    made = first.authority.read_bytes()
    assert local_tls(tmp_path / "new").authority.read_bytes() == made
    assert {file.name for file in (tmp_path / "new").iterdir()} == {
        "ca.pem",
        "ca.key",
        "localhost.pem",
    }
    for private in ("ca.key", "localhost.pem"):
        assert (tmp_path / "new" / private).stat().st_mode & 0o077 == 0


def test_an_authority_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    (tmp_path / "ca.key").write_text("no key")
    with pytest.raises(AuthorityError, match=r"Delete .*ca\.pem"):
        local_tls(tmp_path)


def test_the_lines_name_each_variable(tmp_path: Path) -> None:
    lines = trusting_environment(local_tls(tmp_path))
    variables = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE")
    for line, variable in zip(lines, variables, strict=True):
        assert line.startswith(f"export {variable}={tmp_path / 'ca.pem'}")


def test_the_demo_over_tls(tmp_path: Path) -> None:
    """The gateway reaches the portal, and both hosts have a good certificate."""
    with running(tmp_path, "demo", "--tls", "--no-build", f"--config={CONFIG}") as (_, ready):
        context = ssl.create_default_context(cafile=str(tmp_path / ".payframe" / "ca.pem"))
        with httpx.Client(verify=context) as client:
            assert client.get(f"{ready['seller']}/portal").status_code == 200
            listed = client.get(f"{ready['webhook']}/sale.paysystem.handler.list").json()
            assert listed["result"]
            params = {"payment_id": "1", "paysystem_id": "1", "fields": {}}
            payment = client.post(f"{ready['gateway']}/payments", json=params).json()
            assert payment["amount"] == {"value": "100.00", "currency": "USD"}
            # The shop's server calls the gateway: its handler in checkout mode stands there.
            assert (
                f'href="{ready["gateway"]}/attempts/'
                in client.get(f"{ready['seller']}/payments/14").text
            )
    webhook = payframe(tmp_path, "tokens").stdout
    assert ready["webhook"].partition("/rest/")[2].rstrip("/") in webhook
