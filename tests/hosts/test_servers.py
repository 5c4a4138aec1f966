"""nginx and Caddy serve dist with the header files of the build, and `verify` finds no difference.

Needs both on the machine (Debian: nginx-light and caddy), and fails
where one is missing.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from payframe.harness.verify.differences import differences
from payframe.widget.build import build

from tests.widget.support import configured

pytestmark = pytest.mark.slow
PATIENCE = 30.0
"""Seconds until a server that has not answered will not."""

NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /widget/ {{
      alias {dist}/;
      include {dist}/headers/nginx.conf;
    }}
  }}
}}
"""
CADDY = """\
{{
	admin off
	auto_https off
	storage file_system {folder}/caddy
}}
http://127.0.0.1:{port} {{
	handle_path /widget/* {{
		root * {dist}
		import {dist}/headers/Caddyfile
	}}
}}
"""
COMMANDS = {
    "nginx": ("nginx.conf", NGINX, ["nginx", "-p", "{folder}", "-c", "{file}"]),
    "caddy": ("Caddyfile", CADDY, ["caddy", "run", "--adapter", "caddyfile", "--config", "{file}"]),
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def serving(name: str, folder: Path, dist: Path) -> Iterator[str]:
    """The page's address at a server of its own."""
    assert shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin"), f"{name} is not installed"
    file, text, command = COMMANDS[name]
    names = {"folder": folder, "dist": dist, "port": free_port(), "file": folder / file}
    (folder / file).write_text(text.format(**names))
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [part.format(**names) for part in command],
            stdout=out,
            stderr=out,
            env={"PATH": "/usr/sbin:/usr/bin:/usr/local/bin", "HOME": str(folder)},
        )
    url = f"http://127.0.0.1:{names['port']}/widget/"
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            try:
                httpx.get(url)
                break
            except httpx.TransportError:
                time.sleep(0.02)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def sent(url: str, coding: str) -> tuple[str, bytes]:
    """The content coding of the answer, and its bytes before decoding."""
    with httpx.stream("GET", url, headers={"Accept-Encoding": coding}) as response:
        return response.headers["content-encoding"], b"".join(response.iter_raw())


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A build with what a header file might stumble over: sellers, and another language."""
    look = tmp_path / "look"
    (look / "locales").mkdir(parents=True)
    (look / "locales" / "zh-Hant.json").write_text("{}")
    sellers = 'allowed_sellers = ["https://*.shop.example", "http://localhost:*"]'
    file = configured(tmp_path, "allowed_sellers = []", f'templates = "look"\n{sellers}')
    build(file, tmp_path / "dist")
    return tmp_path / "dist"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_real_server_serves_what_was_built(name: str, tmp_path: Path, dist: Path) -> None:
    # Workers of a server started as root are nobody, who may not look into pytest's folder.
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.owner() == tmp_path.owner() and folder != Path("/tmp"):
            folder.chmod(0o755)
    with serving(name, tmp_path, dist) as url:
        assert [str(each) for each in differences(url, dist)] == []
        assert sent(url, "gzip") == ("gzip", (dist / "index.html.gz").read_bytes())


def test_caddy_sends_brotli_and_hides_what_is_nobodys_business(tmp_path: Path, dist: Path) -> None:
    with serving("caddy", tmp_path, dist) as url:
        assert sent(url, "br") == ("br", (dist / "index.html.br").read_bytes())
        for name in ("manifest.json", "_headers", "headers/nginx.conf"):
            assert httpx.get(f"{url}{name}").status_code == 404, name
