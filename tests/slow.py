"""Of some values one is tried in every run, for all of its kind; the others by `make test-all`."""

import pytest


def slow(*values: object) -> list[pytest.ParameterSet]:
    """Values of a parameter, or tuples of several, that `make test-all` alone tries."""
    return [
        pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
        for value in values
    ]
