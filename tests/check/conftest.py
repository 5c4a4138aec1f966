"""How thoroughly the zoo is visited."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-scene",
        action="store_true",
        help="visit the bad pages of the zoo in every scene, not only in those of their rule",
    )
