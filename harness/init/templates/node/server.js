// The server behind the payment page: the API of dist/gateway.openapi.yaml, and the page itself.
import fs from "node:fs";
import http from "node:http";
import process from "node:process";
import * as ledger from "./ledger.js";
import { advance, openPayment, Refused } from "./portal.js";
import * as service from "./service.js";

const LARGEST_BODY = 65_536;
const SELLERS = (process.env.SELLERS ?? "").split(" ");
const DIST = new URL("dist/", import.meta.url);

const ROUTES = [
  ["POST", /^\/gateway\/payments$/, createPayment],
  ["GET", /^\/gateway\/payments\/([^/]+)$/, getPayment],
  ["POST", /^\/gateway\/payments\/([^/]+)\/attempts$/, createAttempt],
  ["POST", /^\/notifications$/, takeNotification],
  ["GET", /^\/(.*)$/, getPage],
];

async function createPayment(request) {
  const { payment_id, paysystem_id } = await readJson(request);
  const ids = [payment_id, paysystem_id];
  const isId = (id) => ["string", "number"].includes(typeof id) && /^\d{1,15}$/.test(String(id));
  if (!ids.every(isId)) {
    const detail = "The shop's page sent a payment that is not a number.";
    throw new Refused(422, "invalid_request", detail);
  }
  return json(201, ledger.describe(await openPayment(Number(payment_id), Number(paysystem_id))));
}

function getPayment(_request, id) {
  return json(200, ledger.describe(find(id)));
}

async function createAttempt(request, id) {
  const known = find(id);
  const { method, amount, data, return_url } = await readJson(request);
  const key = request.headers["idempotency-key"] ?? "";
  if (!key || key.length > 255) {
    throw new Refused(400, "idempotency_key_missing", "An Idempotency-Key header is needed.");
  }
  if (method !== "card" || !isObject(amount) || !isObject(data)) {
    throw new Refused(422, "method_unknown", "This way to pay is not offered here.");
  }
  // A confirmation at the bank goes back to this page or to a shop that is known, nowhere else.
  const origin = URL.canParse(return_url) ? new URL(return_url).origin : "null";
  if (origin === "null" || ![request.headers.origin, ...SELLERS].includes(origin)) {
    const detail = "The return URL is neither this page's nor the shop's.";
    throw new Refused(422, "return_url_refused", detail);
  }
  if (ledger.isKnown(known, key)) return json(200, ledger.describe(known));
  // What is charged is read from the portal right before; the page's amount is only compared.
  const payment = await openPayment(known.payment_id, known.paysystem_id);
  if (amount.value !== payment.value || amount.currency !== payment.currency) {
    const detail = "The shop changed the amount. Please look at it again.";
    throw new Refused(409, "amount_changed", detail);
  }
  const reference = payment.paid ? undefined : ledger.begin(payment, key);
  if (!reference) {
    const state = ledger.describe(payment);
    if (state.status !== "paid" && !ledger.isKnown(payment, key)) {
      throw new Refused(409, "attempt_in_progress", "This payment is being processed already.");
    }
    return json(200, state);
  }
  try {
    ledger.record(
      reference,
      await service.charge(reference, payment.value, payment.currency, data),
    );
  } catch (error) {
    console.error(`${reference}: no answer to the charge, it is looked for: ${error.message}`);
  }
  await advance(reference);
  return json(201, ledger.describe(payment));
}

async function takeNotification(request) {
  const told = service.readNotification(await readBody(request), request.headers);
  if (!told) {
    throw new Refused(401, "wrong_signature", "The signature is not the payment service's.");
  }
  const attempt = ledger.findAttempt(told.reference);
  if (attempt?.value !== told.value || attempt?.currency !== told.currency) {
    console.error(`${told.reference}: no charge of ours: ${told.value} ${told.currency}`);
    const detail = "There is no charge of this reference and amount.";
    throw new Refused(422, "charge_unknown", detail);
  }
  ledger.record(told.reference, told, told.id);
  await advance(told.reference);
  return { status: 204 };
}

/** The built page, with the headers of its build. */
function getPage(_request, path) {
  const name = path || "index.html";
  if (!fs.existsSync(new URL("manifest.json", DIST))) {
    throw new Refused(503, "not_built", "The page is not built: run payframe build.");
  }
  const built = JSON.parse(fs.readFileSync(new URL("manifest.json", DIST), "utf8"));
  if (!Object.hasOwn(built.files, name) || !built.files[name].public) {
    throw new Refused(404, "not_found", "There is nothing here.");
  }
  const type = name.endsWith(".json") ? "application/json" : "text/html; charset=utf-8";
  const content = fs.readFileSync(new URL(name, DIST));
  return { status: 200, headers: { ...built.headers, "Content-Type": type }, content };
}

function find(id) {
  const payment = ledger.findPayment(id);
  if (payment) return payment;
  throw new Refused(404, "payment_not_found", "This payment is not known here.");
}

const isObject = (value) => typeof value === "object" && value !== null;

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) {
      throw new Refused(413, "content_too_large", "The request is too large.");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readJson(request) {
  try {
    const sent = JSON.parse((await readBody(request)).toString());
    if (isObject(sent)) return sent;
  } catch (error) {
    if (error instanceof Refused) throw error;
  }
  throw new Refused(422, "invalid_request", "The request is not as the API describes it.");
}

function json(status, content, type = "application/json") {
  return { status, headers: { "Content-Type": type }, content: JSON.stringify(content) };
}

function problem(error) {
  const refused = error instanceof Refused;
  if (!refused) console.error(error);
  const { status, code } = refused ? error : { status: 500, code: "internal" };
  const detail = refused ? error.message : "Something went wrong. Please try again.";
  const title = http.STATUS_CODES[status];
  const content = { type: "about:blank", title, status, code, detail };
  return json(status, content, "application/problem+json");
}

async function answer(request) {
  const path = request.url.split("?")[0];
  for (const [method, pattern, endpoint] of ROUTES) {
    const found = method === request.method && pattern.exec(path);
    if (found) return await endpoint(request, ...found.slice(1));
  }
  throw new Refused(404, "no_such_call", "There is no such call.");
}

const server = http.createServer(async (request, response) => {
  const { status, headers, content } = await answer(request).catch(problem);
  response.writeHead(status, headers).end(content);
});
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "127.0.0.1");

// Once a second what is to be told or asked, also what an earlier run has left.
setInterval(() => ledger.due().forEach(({ reference }) => advance(reference)), 1000);
