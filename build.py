"""Builds the widget into dist/: `python build.py --help`. The same as `payframe build`."""

import typer
from payframe.widget.commands import build_command, run
from payframe.widget.config import ConfigError
from payframe.widget.errors import BuildError

if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(build_command)
    run(app, "build.py", (BuildError, ConfigError))
