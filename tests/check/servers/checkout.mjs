// A good checkout server in plain Node: it prints its port. PAYFRAME_PORTAL is the webhook of the
// portal whose orders are paid.

import { createServer } from "node:http";

const CURRENCIES = ["USD", "EUR"];
const SHOPS = ["localhost"];
const AMOUNT = /^(?=.*[1-9])\d{1,14}(\.\d{1,4})?$/;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const payments = new Map();

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

async function read(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

function answer(response, status, content) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(content));
}

const refuse = (response, why, status = 200) => answer(response, status, { PAYMENT_ERRORS: [why] });

async function amountOf(order) {
  const call = new URL("sale.payment.get.json", process.env.PAYFRAME_PORTAL);
  call.searchParams.set("id", order);
  const { result } = await (await fetch(call)).json();
  return result?.payment?.sum;
}

const isOfAShop = (address) => URL.canParse(address) && SHOPS.includes(new URL(address).hostname);

async function register(request, response) {
  const call = await read(request);
  const system = (name) => call.get(`BX_SYSTEM_PARAMS[${name}]`) ?? "";
  const order = system("PAYMENT_ID");
  if (!/^\d+$/.test(order)) return refuse(response, "This is no call of the shop.", 400);
  if (!CURRENCIES.includes(system("CURRENCY"))) {
    return refuse(response, "This currency is not taken here.");
  }
  if (!AMOUNT.test(system("SUM"))) return refuse(response, "There is nothing to pay.");
  const amount = await amountOf(order);
  if (amount === undefined) return refuse(response, "The shop has no such payment.");
  // One order has one payment, whatever EXTERNAL_PAYMENT_ID says and however often this comes.
  const id = `node-${order}`;
  if (!payments.has(id)) {
    const back = isOfAShop(system("RETURN_URL")) ? system("RETURN_URL") : "";
    payments.set(id, { amount, currency: system("CURRENCY"), back });
  }
  const url = `http://${request.headers.host}/pay/${id}`;
  return answer(response, 200, { PAYMENT_URL: url, PAYMENT_ID: id });
}

function show(request, response) {
  const payment = payments.get(new URL(request.url, "http://localhost").pathname.slice(5));
  if (!payment) return refuse(response, "There is no such payment.", 404);
  const back = payment.back && `<a href="${escape(payment.back)}">Back to the shop</a>`;
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  return response.end(`<!doctype html><meta charset="utf-8"><title>Pay</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <h1>Pay ${escape(payment.currency)} ${escape(payment.amount)}</h1>
    <button>Pay</button> ${back}`);
}

const server = createServer((request, response) =>
  request.method === "POST" ? register(request, response) : show(request, response)
);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
