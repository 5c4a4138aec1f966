"""The demo that tests in a browser share, and what tests of other projects' tests need."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from harness.demo import describe
from harness.running import Running
from harness.store.models import PaySystem
from harness.store.modes import seed_modes
from widget.build import CONFIG
from widget.config import load

from .e2e.demo import Demo

pytest_plugins = ["pytester"]

HOME = Path.home()


@pytest.fixture
def at_home(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """pytester, but in the home in which Playwright keeps its browsers."""
    monkeypatch.setenv("HOME", str(HOME))
    return pytester


@pytest.fixture(scope="session")
def demo(payframe_server: Running, payframe_widget: None) -> Iterator[Demo]:  # noqa: ARG001
    """The plugin's server, with what the command adds: the other modes, and a log."""
    store, addresses = payframe_server.store, payframe_server.addresses
    with store.write() as session:
        session.execute(update(PaySystem).values(active="Y"))
    seed_modes(store, addresses.gateway, load(CONFIG).handler.CODE)
    served = Demo(payframe_server.database, describe(store, addresses, addresses.widget))
    log = logging.FileHandler(served.database.parent / "demo.log")
    logger = logging.getLogger("payframe")
    logger.setLevel(logging.INFO)
    logger.addHandler(log)
    yield served
    logger.removeHandler(log)
    log.close()
    served.forget()
