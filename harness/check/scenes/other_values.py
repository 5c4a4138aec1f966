"""Another SUM than anybody can know, and a secret among FIELDS. Moment: loaded.

SUM is 7319.46, and each of SECRETS is a field with SECRET as its value where the handler sends none
of this name, as the example in the vendor's reference does. `elements["secret"]` is what holds a
secret in the document: the HTML of an element, or its address; `elements["fields"]` what the buyer
can write into.
"""

from typing import TYPE_CHECKING

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
HOLDING = """(values) => {
  const holds = (text) => values.some((each) => text.includes(each));
  const found = holds(decodeURIComponent(location.href)) ? [location.href] : [];
  for (const element of document.querySelectorAll("*")) {
    const own = [
      ...[...element.attributes].map((each) => each.value),
      ...[...element.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data),
      element.matches("input,textarea,select") ? element.value : "",
    ];
    if (own.some(holds)) found.push(element.outerHTML.slice(0, 300));
  }
  return found;
}"""
FIELDS = """() => [...document.querySelectorAll("input,textarea,select")]
  .filter((each) => each.checkVisibility() && !each.disabled && !each.readOnly)
  .filter((each) => !each.matches("[type=button],[type=submit],[type=reset],[type=image]"))
  .map((each) => each.outerHTML.slice(0, 300))"""


def play(stage: "Stage") -> None:
    stage.seller.tamper(CHANGE, {"sum": SUM, "secret": SECRET, "secrets": SECRETS})
    stage.open()
    stage.capture("loaded")
    stage.find("secret", HOLDING, secrets(stage.finish()))
    stage.find("fields", FIELDS)
