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
        from payframe.testing import assert_gateway, assert_no_findings, free_port
        from payframe.testing import shop_page, started

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

        @pytest.mark.parametrize("fault", ["", "believed-sum"])
        def test_checkout_of_the_fixtures_portal(page, payframe_server, fault):
            port = free_port()
            url = f"http://127.0.0.1:{{port}}/pay"
            with started(start("checkout", port, fault), [url], payframe_server.addresses.webhook):
                page.goto(shop_page(payframe_server, url, mode="checkout", amount="70.00"))
                page.get_by_role("link", name="Pay", exact=True).click()
                page.get_by_text("70.00").wait_for()
                rule = "checkout/believed-sum"
                assert_no_findings(url, rule, mode="checkout", server=payframe_server)

        def test_gateway_of_the_fixtures_portal(payframe_server):
            url = payframe_server.addresses.gateway
            assert_gateway(url, "gateway/wrong-amount", server=payframe_server)

        def test_a_rule_of_another_part():
            assert_no_findings("http://127.0.0.1:9/", "gateway/wrong-amount", mode="form")
        """
    )
    ran = at_home.runpytest_subprocess("-p", "no:cacheprovider")
    ran.assert_outcomes(passed=4, failed=4)
    ran.stdout.fnmatch_lines_random(
        [
            "*warning: checkout/content-type*",
            "*error: gateway/wrong-attempt*",
            "*error: checkout/believed-sum*",
            "*There is no rule or family of rules gateway/wrong-amount. The families are form*",
        ]
    )
