// What @bitrix24/b24jssdk gets from the portal at the webhook URL given; JSON on stdout.
import { B24Hook } from "@bitrix24/b24jssdk";

const b24 = B24Hook.fromWebhookUrl(Deno.args[0]!);

const added = await b24.callMethod("sale.paysystem.handler.add", {
  NAME: "JS",
  CODE: "js",
  SETTINGS: {
    CODES: { A: { NAME: "a" } },
    IFRAME_DATA: { ACTION_URI: "https://pay.example.com/" },
  },
});
const refusal = await b24.callMethod("sale.paysystem.handler.add", { NAME: "JS" }).then(
  (answer) => answer.getErrorMessages().join(),
  (error) => `${error.code} ${error.message}`,
);
const batch = await b24.callBatch({
  Handlers: { method: "sale.paysystem.handler.list", params: {} },
  Types: { method: "sale.persontype.list", params: { select: ["id"] } },
}, true);
console.log(JSON.stringify({
  added: added.getData()?.result,
  refusal,
  batch: batch.getData(),
}));
