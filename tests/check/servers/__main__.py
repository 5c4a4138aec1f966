"""Runs one of the servers, as an integrator would: python -m tests.check.servers NAME PORT [FAULT].

It reads its orders from the portal that PAYFRAME_PORTAL names.
"""

import os
import sys
from importlib import import_module

name, port, *fault = sys.argv[1:]
module = import_module(f"{__package__}.{name}")
portal = os.environ.get("PAYFRAME_PORTAL")
module.server("".join(fault), int(port), portal).serve_forever()
