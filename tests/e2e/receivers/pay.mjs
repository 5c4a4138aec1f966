// A payment service in plain Node: `node pay.mjs WEBHOOK` prints its port. It answers a checkout
// call with JSON, shows a page to pay on, and tells the portal when the buyer has paid.

import { createServer } from "node:http";

const [webhook] = process.argv.slice(2);
const payments = new Map();

async function read(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  if (pathname === "/checkout") {
    const sent = await read(request);
    const system = (name) => sent.get(`BX_SYSTEM_PARAMS[${name}]`);
    const id = `node-${system("PAYMENT_ID")}`;
    payments.set(`/${id}`, {
      PAYMENT_ID: system("PAYMENT_ID"),
      PAY_SYSTEM_ID: system("PAYSYSTEM_ID"),
      returnUrl: system("RETURN_URL"),
      again: sent.has("BX_SYSTEM_PARAMS[EXTERNAL_PAYMENT_ID]"),
    });
    const port = server.address().port;
    const url = `http://127.0.0.1:${port}/${id}`;
    response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ payment_url: url, payment_id: id }));
    return;
  }
  const payment = payments.get(pathname);
  if (!payment) {
    response.writeHead(404).end();
  } else if (request.method === "POST") {
    const { returnUrl, PAYMENT_ID, PAY_SYSTEM_ID } = payment;
    await fetch(`${webhook}/sale.paysystem.pay.payment`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ PAYMENT_ID, PAY_SYSTEM_ID }),
    });
    response.writeHead(303, { Location: returnUrl }).end();
  } else {
    response.writeHead(200, { "Content-Type": "text/html" });
    const call = payment.again ? "again" : "first";
    response.end(
      `<!doctype html><link rel="icon" href="data:,"><p>${call}</p>` +
        `<form method="post"><button>Pay here</button></form>`,
    );
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
