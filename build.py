"""Builds the widget into dist/: `python build.py --help`. The same as `payframe build`."""

from harness.cli import run

if __name__ == "__main__":
    run("build")
