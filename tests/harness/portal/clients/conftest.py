"""One portal over TLS for each worker; every test uses codes of its own."""

from collections.abc import Iterator

import pytest

from tests.harness.portal.process import Running, running_portal


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_portal(tmp_path_factory.mktemp("portal"), "--tls", "--strict-https") as running:
        yield running
