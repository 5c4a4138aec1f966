"""The commands as a reader types them."""

import json
import socket
import sqlite3
import subprocess
import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from payframe.harness.browser.seller_page import SellerPage
from playwright.sync_api import Page, expect

from tests.e2e.demo import PATIENCE, Demo


def payframe(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "payframe", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        timeout=60,
    )


SLOW = partial(pytest.param, marks=pytest.mark.slow)
"""A start of the command takes seconds: one of a kind is enough for every day."""


def test_json_names_every_part(demo: Demo) -> None:
    urls = demo.ready
    assert list(urls) == ["studio", "seller", "widget", "gateway", "portal", "webhook", "payments"]
    assert len(urls["payments"]) >= 12
    first = urls["payments"][0]
    assert first == {
        "id": 1,
        "url": f"{urls['seller']}/payments/1",
        "sum": "100.00",
        "currency": "USD",
        "paid": False,
    }
    assert {"USD", "EUR", "JPY", "KWD", "BRL", "INR"} <= {
        each["currency"] for each in urls["payments"]
    }
    for name in ("studio", "seller", "widget"):
        assert httpx.get(urls[name]).status_code == 200
    answer = httpx.get(f"{urls['webhook']}/sale.payment.get", params={"id": 1}).json()
    assert answer["result"]["payment"]["sum"] == 100
    opened = httpx.post(
        f"{urls['gateway']}/payments", json={"payment_id": 1, "paysystem_id": 1}
    ).json()
    assert opened["amount"] == {"value": "100.00", "currency": "USD"}


def test_widget_and_shop_are_on_different_sites(demo: Demo) -> None:
    assert demo.addresses.seller.startswith("http://localhost:")
    assert demo.addresses.widget.startswith("http://127.0.0.1:")


@pytest.mark.slow
def test_data_is_kept_until_fresh(tmp_path: Path) -> None:
    database = tmp_path / "harness.db"
    first = Demo.start(database, "--no-build")
    payment = first.new_payment("5.55", "EUR")
    assert first.stop() == 0
    second = Demo.start(database, "--no-build")
    assert [each["id"] for each in second.ready["payments"]][-1] == payment
    assert second.addresses.webhook.split("/")[-2] == first.addresses.webhook.split("/")[-2]
    assert second.stop() == 0
    third = Demo.start(database, "--no-build", "--fresh")
    assert len(third.ready["payments"]) == 15
    assert third.stop() == 0


@pytest.mark.slow
def test_a_demo_that_runs_keeps_its_data_from_another_ones_fresh_start(tmp_path: Path) -> None:
    database = tmp_path / "harness.db"
    first = Demo.start(database, "--no-build")
    payment = first.new_payment("5.55", "EUR")
    for command in ("demo", "portal"):
        second = payframe(command, "--json", "--fresh", "--port", "0", "--database", str(database))
        assert second.returncode == 2
        assert second.stderr == (
            f"payframe: {database}: another payframe is using this database. End that one first, "
            "or use another --database.\n"
        )
    assert httpx.get(f"{first.addresses.seller}/payments/{payment}").status_code == 200
    assert first.stop() == 0


def test_a_demo_whose_database_is_deleted_says_so(tmp_path: Path) -> None:
    database = tmp_path / "harness.db"
    running = Demo.start(database, "--no-build")
    database.unlink()
    page = httpx.get(f"{running.addresses.seller}/payments/1")
    assert page.status_code == 503
    assert "was removed or replaced while payframe was using it" in page.text
    assert running.stop() == 0
    assert "payframe.store" in running.log
    assert "Traceback" not in running.log


def test_ctrl_c_ends_cleanly_with_a_browser_connected(page: Page, tmp_path: Path) -> None:
    running = Demo.start(tmp_path / "harness.db", "--no-build")
    shown = SellerPage(page, running.addresses.seller)
    shown.open(1)
    shown.wait_for_load()
    assert running.stop() == 0
    assert "Traceback" not in running.log


@pytest.mark.slow
def test_a_busy_port_moves_on_and_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "payframe", "demo", "--no-build"),
                *("--port", str(port), "--database", str(tmp_path / "harness.db")),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        guide = "".join(iter(process.stdout.readline, "Ctrl-C ends the demo.\n"))
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()
    assert said == f"Port {port} is busy, so this is the next free one.\n"
    assert "4242 4242 4242 4242" in guide
    assert "http://localhost:" in guide


def test_a_page_of_the_readers_own_stands_in_the_frame(page: Page, tmp_path: Path) -> None:
    class OwnPage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(
                b"<script>addEventListener('message', ({ data }) => {"
                b"document.body.textContent = data.BX_SYSTEM_PARAMS.SUM;"
                b"parent.postMessage({ height: 123 }, '*') })</script><body>"
            )

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), OwnPage)
    Thread(target=server.serve_forever, daemon=True).start()
    own = f"http://127.0.0.1:{server.server_port}/pay.html"
    running = Demo.start(tmp_path / "harness.db", "--action-uri", own)
    assert running.ready["widget"] == own
    page.goto(running.ready["payments"][0]["url"])
    frame = page.locator("#rest-payment-frame")
    expect(frame).to_have_attribute("src", own)
    expect(page.frame_locator("#rest-payment-frame").get_by_text("100", exact=True)).to_be_visible()
    expect(frame).to_have_css("height", "123px")
    assert running.stop() == 0
    server.shutdown()
    server.server_close()


def test_a_widget_that_is_not_built(page: Page, tmp_path: Path) -> None:
    running = Demo.start(tmp_path / "harness.db", "--no-build", "--out", str(tmp_path / "dist"))
    assert "The widget is not built" in running.log
    page.goto(running.ready["payments"][0]["url"])
    sentence = page.frame_locator("#rest-payment-frame").get_by_text("payframe build")
    expect(sentence).to_be_visible()
    assert running.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--config", "nowhere.toml"], "nowhere.toml: cannot be read"),
        SLOW(["--database", "/proc/nowhere/x.db"], "its folder cannot be made"),
        SLOW(["--database", "/"], "the database cannot be used"),
        SLOW(["--database", "nonsense://x"], "nonsense is not offered, only an SQLite file or"),
        SLOW(["--action-uri", "nonsense"], "expected a URL"),
        SLOW(["--port", "99999"], "65535"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    defaults = [] if "--database" in arguments else ["--database", str(tmp_path / "harness.db")]
    result = payframe("demo", "--json", "--no-build", "--port", "0", *defaults, *arguments)
    assert result.returncode == 2
    assert sentence in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.slow
def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "harness.db"
    assert Demo.start(database, "--no-build").stop() == 0
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    result = payframe("demo", "--json", "--no-build", "--port", "0", "--database", str(database))
    assert result.returncode == 2
    assert "was written by a newer payframe" in " ".join(result.stderr.split())
    assert Demo.start(database, "--no-build", "--fresh").stop() == 0


def test_build_says_what_it_made(tmp_path: Path) -> None:
    first = payframe("build", "--out", str(tmp_path))
    assert first.returncode == 0, first.stderr
    table, _, sentence = first.stdout.partition("Built ")
    assert table.startswith("What the page is made of")
    assert "whole page" in table
    assert "with brotli" in sentence
    assert (tmp_path / "index.html").read_text().startswith("<!doctype html>")
    assert payframe("build", "--out", str(tmp_path)).stdout.startswith("Up to date: ")


def test_build_py_is_the_same_command(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "build.py", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "\nBuilt " in result.stdout


@pytest.mark.slow
def test_check_fails_where_dist_is_stale(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path))
    payframe("build", *out)
    checked = payframe("build", "--check", *out)
    assert (checked.returncode, checked.stdout) == (0, f"{tmp_path} is up to date.\n")
    (tmp_path / "index.html").write_text("by hand")
    checked = payframe("build", "--check", *out)
    assert checked.returncode == 1
    assert checked.stdout == (
        f"{tmp_path / 'index.html'} was changed after the build: run payframe build.\n"
    )
    assert (tmp_path / "index.html").read_text() == "by hand"


def test_build_watches(tmp_path: Path) -> None:
    config = tmp_path / "payframe.toml"
    text = Path("payframe.toml").read_text()
    config.write_text(text)
    process = subprocess.Popen(
        [
            *(sys.executable, "build.py", "--watch"),
            *("--config", str(config), "--out", str(tmp_path / "dist")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    assert any(line.startswith("Built ") for line in lines)
    assert any(line.startswith("Waiting for changes") for line in lines)
    page = tmp_path / "dist" / "index.html"
    config.write_text(text.replace('brand = "Northpay"', 'brand = "Eastpay"'))
    assert any(line.startswith("Built ") for line in lines)
    assert "Eastpay" in page.read_text()
    config.write_text(text.replace('brand = "Northpay"', "brand = 5"))
    assert any("widget.brand" in line for line in lines)
    process.terminate()
    process.wait(PATIENCE)
    process.stdout.close()


@pytest.mark.parametrize("command", [[], SLOW(["demo"]), SLOW(["build"]), SLOW(["verify"])])
def test_help_explains(command: list[str]) -> None:
    result = payframe(*command, "--help")
    assert result.returncode == 0
    assert "Usage: payframe" in result.stdout


def test_the_json_line_is_alone_on_standard_output(tmp_path: Path) -> None:
    running = Demo.start(tmp_path / "harness.db", "--no-build")
    json.dumps(running.ready)
    running.process.send_signal(2)
    assert running.process.stdout is not None
    assert running.process.stdout.read() == ""
    assert running.process.wait(PATIENCE) == 0
    running.process.stdout.close()
