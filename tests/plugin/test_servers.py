"""`assert_no_findings(url, mode=...)` and `assert_gateway(url)`, in tests of other projects."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_servers_are_checked_beside_a_browser_that_runs(at_home: pytest.Pytester) -> None:
    at_home.syspathinsert(ROOT)
    at_home.makepyfile(
        f"""
        import pytest
        from payframe.testing import assert_gateway, assert_no_findings
        from payframe.harness.check.starting import free_port

        def start(name, port, fault):
            server = f"{sys.executable} -m tests.check.servers {{name}} {{port}} {{fault}}"
            return f"cd {ROOT}; exec {{server}}"

        @pytest.mark.parametrize("fault", ["", "content-type"])
        def test_checkout(page, fault):
            port = free_port()
            url = f"http://127.0.0.1:{{port}}/pay"
            command = start("checkout", port, fault)
            assert_no_findings(url, "checkout/content-type", mode="checkout", start=command)

        @pytest.mark.parametrize("fault", ["", "wrong-attempt"])
        def test_gateway(fault):
            port = free_port()
            url = f"http://127.0.0.1:{{port}}/gateway"
            assert_gateway(url, "gateway/wrong-attempt", start=start("gateway", port, fault))

        def test_gateway_of_the_fixtures_portal(payframe_server):
            url = payframe_server.addresses.gateway
            assert_gateway(url, "gateway/wrong-amount", server=payframe_server)

        def test_a_rule_of_another_part():
            assert_no_findings("http://127.0.0.1:9/", "gateway/wrong-amount", mode="form")
        """
    )
    ran = at_home.runpytest_subprocess("-p", "no:cacheprovider")
    ran.assert_outcomes(passed=3, failed=3)
    ran.stdout.fnmatch_lines_random(
        [
            "*warning: checkout/content-type*",
            "*error: gateway/wrong-attempt*",
            "*There is no rule or family of rules gateway/wrong-amount. The families are form*",
        ]
    )
