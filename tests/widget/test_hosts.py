"""The header files of the hosts say the same as the manifest, in each host's own grammar.

That real servers take them is tried by tests/hosts.
"""

import re
from pathlib import Path

from payframe.widget.manifest import read_manifest


def expected(dist: Path) -> dict[str, str]:
    manifest = read_manifest(dist)
    assert manifest
    return manifest["headers"]


def code(file: Path) -> str:
    lines = file.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def test_nginx(dist: Path) -> None:
    text = code(dist / "headers" / "nginx.conf")
    found = re.findall(r'^add_header (\S+) "([^"]*)" always;$', text, re.M)
    assert dict(found) == expected(dist)
    assert len(found) == text.count("add_header")
    assert re.search(r"^gzip_static +on;", text, re.M)


def test_caddy(dist: Path) -> None:
    text = code(dist / "headers" / "Caddyfile")
    block = re.search(r"^header \{\n(.*?)^\}", text, re.M | re.S)
    assert block
    assert dict(re.findall(r'^\t(\S+) "([^"]*)"$', block[1], re.M)) == expected(dist)
    assert "precompressed br gzip" in text


def test_static_hosts(dist: Path) -> None:
    pattern, *lines = code(dist / "_headers").splitlines()
    assert pattern == "/*"
    assert dict(line.strip().split(": ", 1) for line in lines) == expected(dist)
    assert all(line.startswith("  ") and len(line) < 2000 for line in lines)  # Cloudflare's limit
