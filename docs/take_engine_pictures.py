"""Takes the pictures of the other engines that are installed: part of `make docs`."""

import tempfile
from functools import partial
from pathlib import Path

from payframe.widget.build import build
from playwright.sync_api import sync_playwright

from tests.e2e.demo import Demo
from tests.engines.buyer import Buyer, expect
from tests.engines.conftest import SYSTEMS, starter
from tests.engines.engine import MissingEngineError, Scheme

PICTURES = Path(__file__).parent / "pictures" / "engines"
WRITTEN = "() => document.activeElement.value"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> None:
    build()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo.start(Path(folder) / "harness.db", "--no-build")
        for name in SYSTEMS:
            for scheme in SCHEMES:
                try:
                    with starter(playwright, name)(scheme) as engine:
                        buyer = Buyer(engine, demo)
                        buyer.open(1, scheme)
                        buyer.fill_card()
                        expect(partial(engine.run, WRITTEN), "Ava Thompson")
                        (PICTURES / f"{name}-{scheme}.png").write_bytes(engine.picture())
                except MissingEngineError as error:
                    print(f"No picture of {name}: {error}.")
        demo.stop()


if __name__ == "__main__":
    main()
