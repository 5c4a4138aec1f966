"""What fast-bitrix24 gets from the portal at the webhook URL given; JSON on stdout."""

import json
import sys
import warnings

from fast_bitrix24 import Bitrix

warnings.simplefilter("ignore")  # fast-bitrix24's own advice on its use
bitrix = Bitrix(sys.argv[1], verbose=False)

FRAME = {"CODES": {"A": {"NAME": "a"}}, "IFRAME_DATA": {"ACTION_URI": "https://pay.example.com/"}}
added = bitrix.call(
    "sale.paysystem.handler.add",
    [{"NAME": f"Handler {n}", "CODE": f"fast{n}", "SETTINGS": FRAME} for n in range(60)],
)
one = bitrix.call(
    "sale.paysystem.add",
    {
        "NAME": "Fast",
        "BX_REST_HANDLER": "fast0",
        "PERSON_TYPE_ID": 1,
        "ENTITY_REGISTRY_TYPE": "ORDER",
    },
)
order = {"lid": "s1", "personTypeId": 1, "currency": "USD", "price": 5}
bitrix.call("sale.order.add", [{"fields": order} for _ in range(120)])
batch = bitrix.call_batch(
    {"halt": 0, "cmd": {f"k{n}": "server.time" for n in range(50)}},
)
try:
    bitrix.call("sale.paysystem.handler.add", {"CODE": "x"})
    refused = ""
except Exception as error:
    refused = str(error)
print(
    json.dumps(
        {
            "added": len(set(added)),
            "one": one,
            "types": len(bitrix.get_all("sale.persontype.list")),
            "orders": len(bitrix.get_all("sale.order.list")),
            "handlers": sum(
                each["CODE"].startswith("fast")
                for each in bitrix.get_all("sale.paysystem.handler.list")
            ),
            "batch": len(batch),
            "refused": refused,
        }
    )
)
