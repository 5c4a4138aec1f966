"""Builds the widget into dist/: `python build.py --help`. The same as `payframe build`."""

import sys

from payframe.harness.commands.main import main

if __name__ == "__main__":
    sys.argv.insert(1, "build")
    main()
