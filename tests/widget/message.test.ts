import assert from "node:assert/strict";
import { type Handshake, readMessage } from "../../widget/src/message.ts";

const SYSTEM = {
  RETURN_URL: "https://shop.example/pay/7",
  PAYSYSTEM_ID: 3,
  PAYMENT_ID: 7,
  SUM: "100.00",
  CURRENCY: "USD",
};

const SHOP = "https://shop.example";

function read(data: unknown): Handshake {
  const message = readMessage(data, SHOP);
  assert(message && "PAYMENT_ID" in message, `no handshake: ${JSON.stringify(message)}`);
  return message;
}

/** With `changes` in BX_SYSTEM_PARAMS; undefined takes a key out. */
function withSystem(changes: Record<string, unknown>) {
  const system = Object.entries({ ...SYSTEM, ...changes }).filter(([, value]) =>
    value !== undefined
  );
  return { BX_SYSTEM_PARAMS: Object.fromEntries(system) };
}

Deno.test("a handshake says what is to be paid, with which fields and in which style", () => {
  const style = { color: "rgb(0, 0, 0)" };
  const message = read({ serviceid: "4411", BX_SYSTEM_PARAMS: SYSTEM, BX_COMPUTED_STYLE: style });
  assert.equal(message.style, style);
  assert.deepEqual({ ...message, fields: { ...message.fields } }, {
    PAYMENT_ID: "7",
    PAYSYSTEM_ID: "3",
    SUM: "100.00",
    CURRENCY: "USD",
    returnUrl: "https://shop.example/pay/7",
    fields: { serviceid: "4411" },
    style,
  });
});

Deno.test("numbers and strings both occur, and mean the same", () => {
  const handshake = read(withSystem({ PAYMENT_ID: "7", PAYSYSTEM_ID: "3", SUM: 100.5 }));
  assert.equal(handshake.PAYMENT_ID, "7");
  assert.equal(handshake.SUM, "100.5");
});

Deno.test("a message that means somebody else is none", () => {
  for (
    const data of [undefined, null, 0, 7, NaN, "", "hello", true, [], [SYSTEM], {}, { height: 300 }]
      .concat([{ type: "webpackOk" }, new Date(), new Map([["BX_SYSTEM_PARAMS", SYSTEM]])] as never)
  ) assert.equal(readMessage(data, SHOP), undefined, JSON.stringify(data));
});

Deno.test("a message of the seller's page that lacks a part says which", () => {
  const style = { BX_COMPUTED_STYLE: {} };
  for (const params of [undefined, null, [], "text", 7, NaN, [SYSTEM]]) {
    assert.deepEqual(readMessage({ ...style, BX_SYSTEM_PARAMS: params }, SHOP), {
      missing: "BX_SYSTEM_PARAMS",
    });
  }
  for (const key of ["PAYMENT_ID", "PAYSYSTEM_ID", "SUM", "CURRENCY"]) {
    for (
      const value of [undefined, null, "", NaN, Infinity, [], ["7"], {}, true, "7".repeat(5000)]
    ) {
      assert.deepEqual(
        readMessage(withSystem({ [key]: value }), SHOP),
        { missing: `BX_SYSTEM_PARAMS.${key}` },
        `${key} = ${value}`.slice(0, 80),
      );
    }
  }
});

Deno.test("without a RETURN_URL of the shop's own one can pay, but not return", () => {
  const elsewhere = ["https://evil.example/", "javascript:alert(1)", `${SHOP}/`.repeat(500)];
  for (const url of [undefined, null, {}, "", ...elsewhere]) {
    assert.equal(read(withSystem({ RETURN_URL: url })).returnUrl, undefined);
  }
});

Deno.test("what a prototype carries was not sent", () => {
  const inherited = Object.create({ BX_SYSTEM_PARAMS: SYSTEM, BX_COMPUTED_STYLE: {} });
  assert.equal(readMessage(inherited, SHOP), undefined);
  assert.deepEqual(readMessage({ BX_SYSTEM_PARAMS: Object.create(SYSTEM) }, SHOP), {
    missing: "BX_SYSTEM_PARAMS.PAYMENT_ID",
  });
  const parsed = JSON.parse(`{"__proto__": {"BX_SYSTEM_PARAMS": ${JSON.stringify(SYSTEM)}}}`);
  assert.equal(readMessage(parsed, SHOP), undefined);
});

Deno.test("field names that are special to JavaScript are ordinary fields", () => {
  const { fields } = read({
    ...withSystem({}),
    ...JSON.parse('{"constructor": "a", "toString": "b", "hasOwnProperty": "c"}'),
  });
  assert.deepEqual({ ...fields }, { constructor: "a", toString: "b", hasOwnProperty: "c" });

  const message = JSON.parse(`{"__proto__": "x", "BX_SYSTEM_PARAMS": ${JSON.stringify(SYSTEM)}}`);
  const polluted = read(message).fields;
  assert.deepEqual(Object.keys(polluted), ["__proto__"]);
  assert.equal(polluted["polluted"], undefined);
  assert.equal(JSON.stringify(polluted), '{"__proto__":"x"}');
});

Deno.test("a field is text or a number; anything else counts as absent", () => {
  const { fields } = read({
    ...withSystem({}),
    text: "a",
    empty: "",
    number: 12,
    zero: 0,
    nan: NaN,
    nothing: null,
    list: ["a"],
    object: { toString: () => "a" },
    yes: true,
    long: "a".repeat(4097),
    BX_OTHER: "reserved",
  });
  assert.deepEqual({ ...fields }, { text: "a", empty: "", number: "12", zero: "0" });
});

Deno.test("a flood of fields is cut off", () => {
  const flood = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, "x"]));
  const { fields } = read({ ...withSystem({}), ...flood });
  assert(Object.keys(fields).length <= 100);
});

Deno.test("an accessor in place of a value is read once and keeps what it gave", () => {
  let reads = 0;
  const system = { ...SYSTEM };
  Object.defineProperty(system, "SUM", { enumerable: true, get: () => ["100.00", "1"][reads++] });
  const handshake = read({ BX_SYSTEM_PARAMS: system });
  assert.equal(handshake.SUM, "100.00");
  assert.equal(handshake.SUM, "100.00");
  assert.equal(reads, 1);
});
