"""What the tests of the pytest plugin need: pytest's own fixture for tests of plugins."""

pytest_plugins = ["pytester"]
