"""Payment handlers and their payment systems, as payframe.toml describes them.

Keys in capitals are Bitrix24's own and keep its spelling; what they mean is described at
sale.paysystem.handler.add and sale.paysystem.add.
"""

import re
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .modes import MODES, DataKey, Mode

YesNo = Literal["Y", "N"]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(Strict):
    TYPE: Literal["STRING", "Y/N", "ENUM"] = "STRING"
    OPTIONS: dict[str, str] = {}


class Default(Strict):
    PROVIDER_KEY: Literal["ORDER", "PROPERTY", "PAYMENT", "USER", "VALUE", "Y/N", "Y\\N", "INPUT"]
    PROVIDER_VALUE: str


class Parameter(Strict):
    """One handler parameter, an entry of SETTINGS.CODES."""

    NAME: Text
    DESCRIPTION: str | None = None
    SORT: int | str | None = None
    GROUP: str | None = None
    DEFAULT: Default | None = None
    INPUT: Input | None = None


class OwnField(Strict):
    """A field described in place, filled in by the buyer."""

    NAME: Text
    TYPE: Literal["STRING", "Y/N", "ENUM"] | None = None
    INPUT: Input | None = None


class FieldOfForm(Strict):
    CODE: str | OwnField
    VISIBLE: YesNo | None = None


def web_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", value):
        raise PydanticCustomError("url", "expected a URL that starts with https:// or http://")
    return value


class IframeData(Strict):
    ACTION_URI: Annotated[str, AfterValidator(web_url)]
    FIELDS: dict[str, FieldOfForm] = {}


class FormData(IframeData):
    METHOD: Literal["GET", "POST", ""] = ""
    PARAMS: dict[str, str] | None = None


class Settings(Strict):
    """A handler works in one of the three modes: it has the data of just that one."""

    CODES: dict[str, Parameter]
    CLIENT_TYPE: Literal["b2c", "b2b"] = "b2c"
    CURRENCY: list[Currency] = []
    IFRAME_DATA: IframeData | None = None
    CHECKOUT_DATA: IframeData | None = None
    FORM_DATA: FormData | None = None

    @model_validator(mode="after")
    def _one_mode(self) -> Self:
        if len(self._described) != 1:
            expected = "expected one of IFRAME_DATA, CHECKOUT_DATA and FORM_DATA"
            raise PydanticCustomError("mode", expected)
        return self

    @property
    def _described(self) -> list[DataKey]:
        return [key for key in MODES if getattr(self, key)]

    @property
    def key(self) -> DataKey:
        """Where the data of its mode is."""
        return self._described[0]

    @property
    def mode(self) -> Mode:
        return MODES[self.key]

    @property
    def data(self) -> IframeData:
        data: IframeData = getattr(self, self.key)
        return data


class Handler(Strict):
    """What sale.paysystem.handler.add receives."""

    NAME: Text
    CODE: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,50}$")]
    SORT: int = 100
    SETTINGS: Settings


class Mapping(Strict):
    """Where a parameter's value comes from: a provider and its field, or a literal VALUE."""

    TYPE: Literal["ORDER", "PROPERTY", "PAYMENT", "USER", "VALUE", "Y/N", "Y\\N", "INPUT"]
    VALUE: str


class PaySystem(Strict):
    NAME: Text
    DESCRIPTION: str = ""
    SETTINGS: dict[str, Mapping] = {}


class FurtherHandler(Handler):
    """A handler beside the first one, with its payment system."""

    paysystem: PaySystem
