"""One demo for each worker, one shop page for each test, and no console error anywhere."""

import logging
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import update

from harness.demo import describe
from harness.running import Running
from harness.store.models import PaySystem
from harness.store.modes import seed_modes
from widget.build import CONFIG
from widget.config import load

from .demo import Demo
from .shop import Shop


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


@pytest.fixture
def shop(page: Page, demo: Demo) -> Iterator[Shop]:
    """A shop whose pages must not print an error to the console."""
    visited = Shop(page, demo)
    yield visited
    assert visited.errors == []


@pytest.fixture
def troubled_shop(page: Page, demo: Demo) -> Shop:
    """A shop for tests that make requests fail: the browser prints those to the console."""
    return Shop(page, demo)
