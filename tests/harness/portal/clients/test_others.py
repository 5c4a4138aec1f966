"""fast-bitrix24, and Bitrix24's JavaScript client under Deno: over TLS, unpatched, as processes
of their own because they read what to trust when they start."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import deno
import pytest
from httpx import Client
from payframe.harness.server.tls import client_context, local_tls

from tests.harness.portal.process import Running, with_root

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


def run(command: list[str], **environment: str) -> Any:
    done = subprocess.run(
        command, env=with_root(environment), cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_fast_bitrix24(portal: Running) -> None:
    got = run(
        [sys.executable, str(HERE / "fast_bitrix24_session.py"), portal.webhook],
        SSL_CERT_FILE=str(portal.authority),
    )
    assert got["added"] == 60
    assert got["handlers"] == 60
    assert isinstance(got["one"], int)
    assert got["types"] == 6
    assert got["orders"] >= 120
    assert got["batch"] == 50
    assert "Parameter NAME is not defined" in got["refused"]


def test_b24jssdk(portal: Running) -> None:
    got = run(
        [deno.find_deno_bin(), "run", "-A", str(HERE / "b24jssdk_session.ts"), portal.webhook],
        NODE_EXTRA_CA_CERTS=str(portal.authority),
    )
    assert isinstance(got["added"], int)
    assert "Parameter CODE is not defined" in got["refusal"]
    assert "js" in [each["CODE"] for each in got["batch"]["Handlers"]]
    assert len(got["batch"]["Types"]["personTypes"]) == 6


@pytest.mark.skipif(not shutil.which("php"), reason="no PHP here")
def test_php_as_crest_calls(portal: Running) -> None:
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True).stdout.split()
    if "curl" not in modules:
        pytest.skip("PHP has no curl here")
    got = run(["php", str(HERE / "crest_session.php"), portal.webhook, str(portal.authority)])
    assert isinstance(got["added"], int)
    assert got["settings"]["CODES"]["SHOP"]["NAME"] == "Shop & more"
    assert got["settings"]["IFRAME_DATA"]["FIELDS"] == {"shop": {"CODE": "SHOP"}}
    assert got["again"] == "ERROR_HANDLER_ALREADY_EXIST"
    assert got["refused"]["error_description"] == "Parameter CODE is not defined"
    batch = got["batch"]
    assert batch["result_error"] == []
    assert batch["result"]["types"]["personTypes"][0]["id"] > 1
    assert batch["result"]["it"] == [{"ID": batch["result"]["system"], "ACTIVE": "Y"}]


def test_httpx_trusts_the_authority_and_it_is_used_again(portal: Running) -> None:
    before = Path(str(portal.authority)).read_bytes()
    tls = local_tls(portal.folder / ".payframe")
    assert tls.authority.read_bytes() == before
    assert (portal.folder / ".payframe" / "ca.key").stat().st_mode & 0o077 == 0
    context = client_context(tls)
    with Client(verify=context) as client:
        for host in ("localhost", "127.0.0.1"):
            url = f"{portal.webhook.replace('localhost', host)}/server.time"
            assert client.get(url).status_code == 200
