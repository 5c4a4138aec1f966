"""Another SUM than anybody can know, and a secret among FIELDS. Moment: loaded.

SUM is 7319.46, and each of SECRETS is a field with SECRET as its value where the handler sends none
of this name, as the example in the vendor's reference does. `elements["secret"]` is what holds a
secret in the document: the HTML of an element, or its address; `elements["ways"]` what the buyer
can pay with: fields, a QR code, a link to a bank, a button.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..paying import PAYS
from ..secret import secrets

if TYPE_CHECKING:
    from ..stage import Stage

SUM = "7319.46"
SECRET = "payframe-secret-5d1f09"  # noqa: S105
SECRETS = ("serviceKey", "servicekey", "secretKey", "apiKey", "password")
CHANGE = """
message.BX_SYSTEM_PARAMS.SUM = argument.sum;
for (const name of argument.secrets) message[name] ??= argument.secret;
"""
SCRIPT = Path(__file__).with_suffix(".js")


def play(stage: "Stage") -> None:
    stage.seller.tamper(CHANGE, {"sum": SUM, "secret": SECRET, "secrets": SECRETS})
    stage.open()
    stage.capture("loaded")
    script = stage.load(SCRIPT)
    stage.keep("secret", script.call("holding", secrets(stage.finish())))
    stage.keep("ways", script.call("fields"))
    stage.keep("ways", script.call("ways", PAYS))
