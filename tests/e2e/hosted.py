"""The page with the vault's fields, and what a buyer does with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payframe.harness.server.in_process import Running, running
from payframe.widget.build import build
from payframe.widget.config import load
from playwright.sync_api import FrameLocator, Locator

from payframe.testing import free_port
from tests.e2e.widget_page import SUCCESS, WidgetPage

EXAMPLE = Path("examples/hosted-fields").resolve()
PORT = ":8000"


def configured(folder: Path, port: int) -> Path:
    """The example, for a vault at another port than the demo's."""
    text = (EXAMPLE / "payframe.toml").read_text("utf-8")
    templates = f'templates = "{EXAMPLE / "templates"}"'
    text = text.replace('templates = "templates"', templates).replace(PORT, f":{port}")
    file = folder / "payframe.toml"
    file.write_text(text, "utf-8")
    return file


@contextmanager
def hosted_fields(folder: Path) -> Iterator[Running]:
    """A shop with the example's page. That names the vault's port, so it is chosen first."""
    port = free_port()
    file = configured(folder, port)
    build(file, folder / "dist")
    with running(load(file), folder / "dist", port=port) as server:
        yield server


class HostedPage(WidgetPage):
    def field_frame(self, name: str) -> FrameLocator:
        return self.frame.frame_locator(f"#hosted_card-{name} iframe")

    def field(self, name: str) -> Locator:
        return self.field_frame(name).get_by_role("textbox")

    def box(self, name: str) -> Locator:
        """What lies around a field in the page."""
        return self.frame.locator(f"#hosted_card-{name}")

    def fill_card(self, number: str = SUCCESS) -> None:
        values = {"number": number, "expiry": "12 / 30", "cvc": "123", "name": "Ava Thompson"}
        for name, value in values.items():
            self.field(name).fill(value)
