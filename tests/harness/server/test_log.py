"""What comes from outside can neither draw on the terminal nor write a line of the log."""

import io
import logging
from collections.abc import Iterator

import pytest
from payframe.harness.server.log import log_to

from tests.harness.support import Running

CODE = "s3cr3tw3bh00kc0d3"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root, own = logging.getLogger(), logging.getLogger("payframe")
    handlers, level = root.handlers[:], own.level
    log_to(stream)
    yield stream
    root.handlers[:] = handlers
    own.setLevel(level)


def test_a_path_forges_no_line_and_draws_nothing(running: Running, lines: io.StringIO) -> None:
    forged = "%1b%5b2J%0a12:00:00%20%20payframe.gateway%20%20payment%20is%20paid"
    running.http.get(f"{running.addresses.seller}/rest/{forged}")
    (line,) = lines.getvalue().splitlines()
    assert line.isprintable()
    assert "payframe.portal" in line


def test_a_trace_is_no_line_of_the_log_either(lines: io.StringIO) -> None:
    try:
        raise ValueError(f"12:00:00  a\n12:00:00  payment is paid\x1b[2J /rest/1/{CODE}/x")
    except ValueError:
        logging.getLogger("payframe.portal").exception("failed")
    first, *trace = lines.getvalue().splitlines()
    assert first.endswith("payframe.portal  failed")
    assert all(line.startswith("    ") and line.isprintable() for line in trace)
    assert CODE not in lines.getvalue()


def test_other_libraries_write_through_it_too(lines: io.StringIO) -> None:
    logging.getLogger("asyncio").error("a\nb\x1b[2J")
    (line,) = lines.getvalue().splitlines()
    assert line.endswith("asyncio  a b [2J")


@pytest.mark.parametrize(
    "text",
    [
        f"https://shop.bitrix24.com/rest/1/{CODE}/sale.payment.get.json",
        f"sale.payment.get?id=1&auth={CODE}",
        f'{{"auth": "{CODE}"}}',
        f'{{"auth": {{"access_token": "{CODE}"}}}}',
        f'{{"cmd": "{{\\"refresh_token\\": \\"{CODE}\\"}}"}}',
        f"auth%5Baccess_token%5D%3D{CODE}%26x",
        f"Authorization: Bearer {CODE}",
    ],
)
def test_no_token_is_written(lines: io.StringIO, text: str) -> None:
    logging.getLogger("payframe.gateway").warning("asked with %s", text)
    assert CODE not in lines.getvalue()
    assert "s3cr…" in lines.getvalue()


def test_a_token_in_the_place_of_a_method_is_not_written(
    running: Running, lines: io.StringIO
) -> None:
    code = running.addresses.webhook.rstrip("/").rpartition("/")[2]
    running.http.get(f"{running.addresses.seller}/rest/{code}")
    assert "payframe.portal" in lines.getvalue()
    assert code not in lines.getvalue()
