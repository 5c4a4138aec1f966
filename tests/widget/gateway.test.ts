import assert from "node:assert/strict";
import {
  connectGateway,
  type Gateway,
  isPayment,
  type NewAttempt,
  RefusedError,
  UnreachableError,
} from "../../widget/src/gateway.ts";
import type { Handshake } from "../../widget/src/message.ts";
import type { Payment } from "../../widget/src/payment.ts";

const PAYMENT: Payment = {
  id: "pay_1",
  status: "open",
  amount: { value: "100.00", currency: "USD" },
  description: "Payment 1001/1",
  methods: [{ type: "card", label: "Card" }],
  action: null,
  error: null,
};
const HANDSHAKE: Handshake = {
  PAYMENT_ID: "7",
  PAYSYSTEM_ID: "3",
  SUM: "100.00",
  CURRENCY: "USD",
  returnUrl: "https://shop.example/pay/7",
  fields: { serviceid: "4411" },
  style: undefined,
};
const ATTEMPT: NewAttempt = {
  method: "redirect",
  amount: { value: "100.00", currency: "USD" },
  return_url: "https://shop.example/pay/7",
  data: { phone: "+1 555 0100", agreed: true },
};
const SIGNAL = new AbortController().signal;
const POLICY = { timeout: 5_000, pauses: [0, 0], longest: 5_000 };

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

type Answer = (request: Request) => Response | Promise<Response>;

const ok: Answer = () => Response.json(PAYMENT, { status: 201 });
const problem = (status: number, code: string, detail: string): Answer => () =>
  Response.json({ type: "about:blank", title: "x", status, code, detail }, { status });
const says = (status: number, body: string, type = "application/json"): Answer => () =>
  new Response(body, { status, headers: { "Content-Type": type } });

/**
 * A gateway that gives `answers` one after another, the last one again and again, while `use`
 * speaks to it. What it was asked is the result.
 */
async function facing(
  answers: Answer[],
  use: (gateway: Gateway, base: string) => Promise<unknown>,
  policy = POLICY,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (request) => {
      const { method, headers } = request;
      const body = await request.text();
      seen.push({ method, path: new URL(request.url).pathname, headers, body });
      return answers[Math.min(seen.length, answers.length) - 1]!(request);
    },
  );
  const base = `http://127.0.0.1:${server.addr.port}/gateway`;
  await use(connectGateway(base, () => "de-AT,en", policy), base);
  return seen;
}

const opens = (gateway: Gateway) => gateway.open(HANDSHAKE, SIGNAL);

Deno.test("a payment is opened with what the seller's page said, and no cookies", async () => {
  const [seen, ...more] = await facing([ok], async (gateway) => {
    assert.deepEqual(await opens(gateway), PAYMENT);
  });
  assert.equal(more.length, 0);
  assert.equal(`${seen!.method} ${seen!.path}`, "POST /gateway/payments");
  assert.equal(seen!.headers.get("Content-Type"), "application/json");
  assert.equal(seen!.headers.get("Referer"), null);
  assert.deepEqual(JSON.parse(seen!.body), {
    payment_id: "7",
    paysystem_id: "3",
    fields: { serviceid: "4411" },
  });
});

Deno.test("a payment is read and attempted under its own address", async () => {
  const odd = { ...PAYMENT, id: "pay/../1?x" };
  const seen = await facing([ok], async (gateway) => {
    await gateway.read(odd, SIGNAL);
    await gateway.attempt(odd, ATTEMPT, "key-1", SIGNAL);
  });
  assert.deepEqual(seen.map(({ method, path }) => `${method} ${path}`), [
    "GET /gateway/payments/pay%2F..%2F1%3Fx",
    "POST /gateway/payments/pay%2F..%2F1%3Fx/attempts",
  ]);
  assert.equal(seen[1]!.headers.get("Idempotency-Key"), "key-1");
  for (const { headers } of seen) assert.equal(headers.get("Accept-Language"), "de-AT,en");
  assert.deepEqual(JSON.parse(seen[1]!.body), ATTEMPT);
});

Deno.test("a slash at the end of the gateway's URL is not doubled", async () => {
  const seen = await facing([ok], async (_, base) => {
    await opens(connectGateway(`${base}/`, () => "de-AT,en", POLICY));
    await opens(connectGateway(new URL(base).origin + "/", () => "de-AT,en", POLICY));
  });
  assert.deepEqual(seen.map(({ path }) => path), ["/gateway/payments", "/payments"]);
});

Deno.test("what gave no usable answer is sent again, until it does", async () => {
  for (
    const bad of [
      says(500, "Internal Server Error", "text/plain"),
      problem(503, "portal_unavailable", "The shop cannot be reached."),
      problem(429, "too_many", "Slow down."),
      says(200, "<html><h1>It works!</h1>", "text/html"),
      says(200, '{"id": "pay_1", "status": "op'),
      says(200, ""),
      says(200, "null"),
      says(200, "[]"),
      says(404, "Not found", "text/plain"),
      says(400, "{}"),
      () => new Response(null, { status: 204 }),
    ]
  ) {
    const seen = await facing([bad, bad, ok], async (gateway) => {
      assert.deepEqual(await opens(gateway), PAYMENT);
    });
    assert.equal(seen.length, 3);
  }
});

Deno.test("a gateway that asks for a pause gets it", async () => {
  const soon = () => new Date(Date.now() + 2_000).toUTCString();
  for (const [value, least] of [["1", 1000], [soon(), 1], ["soon", 0], ["-1", 0]] as const) {
    const times: number[] = [];
    const busy: Answer = () => {
      times.push(performance.now());
      return new Response("{}", { status: 429, headers: { "Retry-After": value } });
    };
    const answered: Answer = (request) => (times.push(performance.now()), ok(request));
    await facing([busy, answered], async (gateway) => {
      assert.deepEqual(await opens(gateway), PAYMENT);
    });
    assert(times[1]! - times[0]! >= least, value);
  }
});

Deno.test("a gateway that asks for too long a pause is unreachable at once", async () => {
  const away: Answer = () =>
    new Response("{}", { status: 503, headers: { "Retry-After": "3600" } });
  const seen = await facing([away], async (gateway) => {
    await assert.rejects(opens(gateway), UnreachableError);
  });
  assert.equal(seen.length, 1);
});

Deno.test("a gateway that stays unusable is unreachable, after as many tries as allowed", async () => {
  const seen = await facing([says(500, "")], async (gateway) => {
    await assert.rejects(opens(gateway), UnreachableError);
  });
  assert.equal(seen.length, 1 + POLICY.pauses.length);
});

Deno.test("nobody there is unreachable", async () => {
  let dead = "";
  await facing([ok], (_, base) => Promise.resolve(dead = base));
  await assert.rejects(opens(connectGateway(dead, () => "de-AT,en", POLICY)), UnreachableError);
});

Deno.test("an attempt that is sent again carries the same Idempotency-Key and body", async () => {
  const seen = await facing([says(500, ""), says(200, "{"), ok], async (gateway) => {
    await gateway.attempt(PAYMENT, ATTEMPT, "key-1", SIGNAL);
  });
  assert.deepEqual(
    seen.map(({ headers }) => headers.get("Idempotency-Key")),
    Array(3).fill("key-1"),
  );
  assert.equal(new Set(seen.map(({ body }) => body)).size, 1);
});

Deno.test("an answer that takes too long is given up and asked for again", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  const never: Answer = () => held.then(() => new Response());
  const stalls: Answer = () =>
    new Response(
      new ReadableStream({
        async start(body) {
          body.enqueue(new TextEncoder().encode('{"id": "pay_1", '));
          await held;
          body.close();
        },
      }),
    );
  const seen = await facing([never, stalls, ok], async (gateway) => {
    assert.deepEqual(await opens(gateway), PAYMENT);
    release();
  }, { ...POLICY, timeout: 100 });
  assert.equal(seen.length, 3);
});

Deno.test("a refusal is final and keeps the gateway's code and sentence", async () => {
  for (const status of [400, 404, 409, 422]) {
    const seen = await facing(
      [problem(status, "no_way", "It cannot be paid.")],
      async (gateway) => {
        await assert.rejects(opens(gateway), (error) => {
          assert(error instanceof RefusedError);
          assert.equal(error.code, "no_way");
          assert.equal(error.message, "It cannot be paid.");
          return true;
        });
      },
    );
    assert.equal(seen.length, 1);
  }
});

Deno.test("a request that was aborted is not answered, and nothing is sent again", async () => {
  const controller = new AbortController();
  const seen = await facing(
    [() => (controller.abort(), says(500, "")(undefined!))],
    async (gateway) => {
      await assert.rejects(gateway.open(HANDSHAKE, controller.signal), UnreachableError);
    },
  );
  assert.equal(seen.length, 1);
});

Deno.test("a payment as the API describes it is one", () => {
  for (
    const changes of [
      {},
      { status: "paid", methods: [] },
      { amount: { value: "12345678901234567.89", currency: "KWD" } },
      { status: "failed", error: { code: "card_declined", message: "No." } },
      { action: { type: "redirect", url: "https://bank.example/", target: "top" } },
      { action: { type: "qr", text: "x", path: "M0 0h1", size: 21, expires_at: "2030-01-01" } },
      { methods: [{ type: "card", label: "Card", logo: "data:image/png;base64,AAAA" }] },
      { methods: [{ type: "card", label: "Card", settings: { publishable_key: "pk_1" } }] },
      { added_later: true },
    ]
  ) assert(isPayment({ ...PAYMENT, ...changes }), JSON.stringify(changes));
});

Deno.test("anything else is no payment", () => {
  for (const value of [undefined, null, 0, NaN, "", "pay_1", [], [PAYMENT], {}, true]) {
    assert(!isPayment(value), JSON.stringify(value));
  }
  const wrong: Record<keyof Payment, unknown[]> = {
    id: [undefined, null, 1, {}],
    status: [undefined, null, "", "PAID", "unknown", ["paid"], { toString: () => "paid" }],
    amount: [
      undefined,
      null,
      "100.00 USD",
      { value: 100, currency: "USD" },
      { value: "-1", currency: "USD" },
      { value: "1e3", currency: "USD" },
      { value: "NaN", currency: "USD" },
      { value: "1,00", currency: "USD" },
      { value: "", currency: "USD" },
      { value: "1", currency: "usd" },
      { value: "1", currency: "US" },
      { value: "1", currency: ["USD"] },
      { value: "1" },
    ],
    description: [undefined, null, 1],
    methods: [
      undefined,
      null,
      {},
      "card",
      [null],
      [{ type: "card" }],
      [{ label: "Card" }],
      [
        { type: "card", label: "Card", logo: 1 },
      ],
    ],
    action: [
      undefined,
      "https://bank.example/",
      {},
      { type: 1 },
    ],
    error: [undefined, "no", {}, { code: "x" }, { message: "x" }, { code: 1, message: "x" }],
  };
  for (const [key, values] of Object.entries(wrong)) {
    for (const value of values) {
      const changed = value === undefined
        ? Object.fromEntries(Object.entries(PAYMENT).filter(([name]) => name !== key))
        : { ...PAYMENT, [key]: value };
      assert(!isPayment(changed), `${key}: ${JSON.stringify(value)}`);
    }
  }
});
