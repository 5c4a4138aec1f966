"""What the tests of a payment page import: see docs/pytest.md.

The fixtures need no import. This is for calls and for type hints.
"""

from payframe.harness.browser.messages import Message, Size
from payframe.harness.check.starting import NotStartedError, free_port, started
from payframe.harness.pytest_plugin.findings import assert_gateway, assert_no_findings
from payframe.harness.pytest_plugin.page import PaymentPage
from payframe.harness.pytest_plugin.portal import PortalApi, RefusedError
from payframe.harness.pytest_plugin.shop_page import shop_page
from payframe.harness.server.in_process import Running
from payframe.widget.modes import Mode

__all__ = [
    "Message",
    "Mode",
    "NotStartedError",
    "PaymentPage",
    "PortalApi",
    "RefusedError",
    "Running",
    "Size",
    "assert_gateway",
    "assert_no_findings",
    "free_port",
    "shop_page",
    "started",
]
