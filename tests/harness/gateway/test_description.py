"""Whatever a client may send by the API's description is taken, and what it may not is refused."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payframe.widget.gateway.api import OPENAPI
from schemathesis import Case

from tests.harness.gateway.conftest import Api
from tests.harness.support import add_payment

description = schemathesis.openapi.from_path(OPENAPI)
operations = st.one_of(
    description["/payments"]["POST"].as_strategy(),
    description["/payments/{id}/attempts"]["POST"].as_strategy(),
)
# For a payment that is there, so that requests get as far as they can.
CONFIG = """
[parameters]
id = "{payment}"

[[operations]]
include-name = "POST /payments/{{id}}/attempts"
# Of what a request may say by its form, a server refuses a return to another site.
checks.positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "422"]
"""


def test_no_body_that_the_description_allows_is_refused_for_its_form(api: Api) -> None:
    payment = api.opened(add_payment(api.running.store))

    @given(operations)
    @settings(
        max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def send(case: Case[Any]) -> None:
        if "id" in case.path_parameters:
            case.path_parameters["id"] = payment
        answer = case.call(base_url=api.running.addresses.gateway)
        assert answer.status_code in (200, 201, 404, 409, 422), answer.text
        assert answer.json().get("code") != "invalid_request", answer.text

    send()


@pytest.mark.slow
def test_schemathesis_finds_nothing(api: Api, tmp_path: Path) -> None:
    payment = api.opened(add_payment(api.running.store))
    (tmp_path / "schemathesis.toml").write_text(CONFIG.format(payment=payment))
    command = (sys.executable, "-m", "schemathesis.cli", "run", str(OPENAPI))
    options = (f"--url={api.running.addresses.gateway}", "--max-examples=200", "--no-color")
    ran = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
