"""The provider that payframe.toml names is there, or is said to be missing."""

import sys
from pathlib import Path

import pytest
from payframe.harness.server.providers import ProviderError, new_provider
from payframe.widget.config import load

STRIPE = Path("examples/stripe/payframe.toml")


def test_stripe_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "payframe.widget.gateway.stripe", raising=False)
    monkeypatch.setitem(sys.modules, "stripe", None)
    with pytest.raises(ProviderError, match=r"pip install 'payframe\[stripe\]'"):
        new_provider(load(STRIPE))
