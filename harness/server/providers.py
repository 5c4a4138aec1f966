"""The provider that payframe.toml names."""

import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from payframe.widget.config import Config
from payframe.widget.gateway.provider import Provider

from payframe.database import Database
from payframe.errors import PayframeError

from ..sandbox.provider import METHODS, Sandbox

NewProvider = Callable[[Database], Provider]
"""Makes the provider of a gateway with a database."""


class ProviderError(PayframeError):
    """A provider's file cannot be used."""


def new_provider(config: Config) -> NewProvider:
    """Raises ProviderError."""
    match config.gateway.provider:
        case Path() as file:
            provider = _load(file)
            return lambda _store: provider
        case "stripe":
            try:
                from payframe.widget.gateway.stripe import from_environment
            except ModuleNotFoundError as error:
                if error.name != "stripe":
                    raise
                raise ProviderError(
                    "The provider stripe needs a package: pip install 'payframe[stripe]'."
                ) from error
            stripe = from_environment()
            return lambda _store: stripe
        case _:
            return sandbox(config.widget.methods)


def sandbox(methods: Sequence[str] = ()) -> NewProvider:
    """With those of the page's methods that are the integrator's own."""
    known = [each.type for each in METHODS]
    own = [each for each in methods if each not in known]
    return lambda store: Sandbox(store, own)


def _load(file: Path) -> Provider:
    """The object `provider` of a Python file."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(file.parent))
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ProviderError(f"{file}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(file.parent))
    found: Provider | None = getattr(module, "provider", None)
    if found is None:
        raise ProviderError(f"{file}: has no `provider`, an object as payframe.gateway.Provider.")
    if missing := [name for name in METHOD_NAMES if not hasattr(found, name)]:
        raise ProviderError(f"{file}: `provider` has no {', no '.join(missing)}.")
    return found


METHOD_NAMES = ("methods", "instrument", "start", "look", "capture", "cancel", "notified")
"""Of Provider."""
