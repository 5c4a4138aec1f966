"""payframe: build, try and test the payment page of a Bitrix24 REST payment handler.

`payframe.testing` is what tests import. Everything else is the command's own.
"""

from pathlib import Path

# An installed payframe has widget/ and harness/ here; in a clone they are at its top.
if not (Path(__file__).parent / "widget").is_dir():
    __path__.append(str(Path(__file__).parent.parent))
