"""The scripts of payment providers that the page loads are compared too, or told as they are."""

import json
import shutil
from pathlib import Path

from payframe.harness.commands.main import application
from payframe.harness.verify.differences import differences
from payframe.widget.elements import digest
from typer.testing import CliRunner

from tests.harness.verify.conftest import Host

SERVED = "locales/de.json"
"""A file that the host serves stands for the script."""


def load_script(host: Host, folder: Path, integrity: str | None, path: str = SERVED) -> str:
    """Let the page of the host load a script; its URL."""
    shutil.copytree(host.dist, folder / "dist")
    host.dist = folder / "dist"
    manifest = json.loads((host.dist / "manifest.json").read_text("utf-8"))
    url = host.url + path
    manifest["loads"] = [
        {"method": "card", "kind": "script", "url": url, "integrity": integrity, "purpose": "P."}
    ]
    (host.dist / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return url


def test_a_script_is_what_its_integrity_says(host: Host, tmp_path: Path) -> None:
    load_script(host, tmp_path, digest("sha256", (host.dist / SERVED).read_bytes()))
    assert differences(host.url, host.dist) == []
    (asked,) = {
        (each["sec-fetch-site"], each.get("referer"))
        for each in host.asked
        if each["sec-fetch-dest"] == "script"
    }
    assert asked == ("cross-site", None)


def test_a_script_that_has_changed_is_told(host: Host, tmp_path: Path) -> None:
    expected = digest("sha384", b"another")
    url = load_script(host, tmp_path, expected)
    got = digest("sha384", (host.dist / SERVED).read_bytes())
    (told,) = differences(host.url, host.dist)
    assert (told.url, told.what, told.expected, told.got) == (url, "integrity", expected, got)


def test_a_script_without_integrity_is_told_as_it_is_now(host: Host, tmp_path: Path) -> None:
    url = load_script(host, tmp_path, None)
    now = digest("sha384", (host.dist / SERVED).read_bytes())
    command = ["verify", host.url, "--dist", str(host.dist)]
    result = CliRunner().invoke(application(frozenset({"verify"})), command)
    assert result.exit_code == 0
    last = result.output.splitlines()[-2]
    assert last == f"{url} has no integrity and may change at any time. Now it is {now}."
    result = CliRunner().invoke(application(frozenset({"verify"})), [*command, "--json"])
    assert json.loads(result.output)["scripts_without_integrity"] == {url: now}


def test_a_script_of_the_manifest_that_was_put_into_the_page_is_not_named(
    host: Host, tmp_path: Path
) -> None:
    url = load_script(host, tmp_path, None)
    for source, named in ((url, False), (f"{url}?other", True)):
        tag = f"<script src='{source}'></script>"
        host.change = lambda page, tag=tag: page.replace(b"</main>", f"</main>{tag}".encode())
        told = [each.what for each in differences(host.url, host.dist)]
        assert ("a script that is not in the inventory" in told) == named
        assert "bytes" in told
