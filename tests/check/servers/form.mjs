// A good receiver of a form in plain Node: it prints its port.

import { createHash } from "node:crypto";
import { createServer } from "node:http";

const SHOPS = ["localhost"];
const AMOUNT = /^\d{1,14}(\.\d{1,4})?$/;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const payments = new Map();

const escape = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

const isOfAShop = (address) => URL.canParse(address) && SHOPS.includes(new URL(address).hostname);

function page(response, status, html) {
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><meta charset="utf-8"><title>Pay</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">${html}`);
}

async function read(request, { searchParams }) {
  if (request.method !== "POST") return searchParams;
  let body = "";
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

async function take(request, response, address) {
  const form = await read(request, address);
  const text = (name) => form.get(name) ?? "";
  if (!text("paymentId") || !AMOUNT.test(text("sum"))) {
    return page(response, 400, "This is no order.");
  }
  const path = `/payments/${createHash("sha256").update(text("paymentId")).digest("hex")}`;
  const back = isOfAShop(text("BX_RETURN_URL")) ? text("BX_RETURN_URL") : "";
  payments.set(path, { amount: text("sum"), currency: text("currency"), back });
  return response.writeHead(303, { Location: path }).end();
}

function show(response, { pathname }) {
  const payment = payments.get(pathname);
  if (!payment) return page(response, 404, "There is no such payment.");
  const back = payment.back && `<a href="${escape(payment.back)}">Back to the shop</a>`;
  const amount = `${escape(payment.currency)} ${escape(payment.amount)}`;
  return page(response, 200, `<h1>Pay ${amount}</h1> <button>Pay</button> ${back}`);
}

const server = createServer((request, response) => {
  const address = new URL(request.url, "http://localhost");
  if (address.pathname.startsWith("/payments/")) show(response, address);
  else take(request, response, address);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
