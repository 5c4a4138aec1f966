"""What the tests of the build share: configurations made from the project's own."""

from pathlib import Path

import pytest
from payframe.widget.config import CONFIG, ConfigError, load


def configured(folder: Path, line: str, to: str) -> Path:
    """The project's own payframe.toml with one line changed, in `folder`."""
    text = CONFIG.read_text("utf-8")
    assert text.count(line) == 1
    file = folder / "payframe.toml"
    file.write_text(text.replace(line, to), "utf-8")
    return file


def files_of(dist: Path) -> set[str]:
    return {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}


def refusal(file: Path, text: str) -> str:
    """Why a payframe.toml with a text cannot be used."""
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        load(file)
    return str(error.value)


GOOD = """\
[handler]
NAME = "Handler"
CODE = "resthandler"
SORT = 100

[handler.SETTINGS]
CURRENCY = ["USD", "EUR"]
CLIENT_TYPE = "b2c"

[handler.SETTINGS.IFRAME_DATA]
ACTION_URI = "https://pay.example.com/widget/"

[handler.SETTINGS.IFRAME_DATA.FIELDS]
serviceid = { CODE = "SERVICE_ID" }

[handler.SETTINGS.CODES.SERVICE_ID]
NAME = "Store number"
INPUT = { TYPE = "ENUM", OPTIONS = { A = "a" } }

[paysystem]
NAME = "Card"

[paysystem.SETTINGS]
SERVICE_ID = { TYPE = "VALUE", VALUE = "4411" }

[widget]
brand = "Northpay"
accent = "#1f6feb"
locale = "en"
allowed_sellers = []
gateway_url = "/gateway"
size = "height"
methods = ["card", "redirect"]
"""
"""A payframe.toml with every kind of value."""
