import assert from "node:assert/strict";
import { openKeyStore } from "../../widget/src/keys.ts";

/** Session storage as a frame has it, and keeps it over a reload. */
function storage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: (n) => [...items.keys()][n] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

function forbidden(): never {
  throw new DOMException("denied", "SecurityError");
}

const FORBIDDEN: Storage = {
  length: 0,
  clear: forbidden,
  key: forbidden,
  getItem: forbidden,
  setItem: forbidden,
  removeItem: forbidden,
};

Deno.test("an intent keeps its key across retries and reloads of the frame", () => {
  const frame = storage();
  const keys = openKeyStore(frame);
  const key = keys.key("pay_1");
  assert.equal(keys.key("pay_1"), key);
  assert.equal(openKeyStore(frame).key("pay_1"), key);
});

Deno.test("an ended intent is followed by another, also after a reload", () => {
  const frame = storage();
  const keys = openKeyStore(frame);
  const key = keys.key("pay_1");
  keys.discard("pay_1");
  assert.equal(frame.length, 0);
  const next = openKeyStore(frame).key("pay_1");
  assert.notEqual(next, key);
});

Deno.test("two payments are two intents", () => {
  const keys = openKeyStore(storage());
  const [one, two] = [keys.key("pay_1"), keys.key("pay_2")];
  assert.notEqual(one, two);
  keys.discard("pay_1");
  assert.equal(keys.key("pay_2"), two);
});

Deno.test("without storage, or with one that throws, the page's own memory does", () => {
  for (const none of [undefined, FORBIDDEN]) {
    const keys = openKeyStore(none);
    const key = keys.key("pay_1");
    assert.equal(keys.key("pay_1"), key);
    keys.discard("pay_1");
    assert.notEqual(keys.key("pay_1"), key);
  }
});

Deno.test("a full storage does not stop the payment", () => {
  const full = { ...FORBIDDEN, getItem: () => null };
  const keys = openKeyStore(full);
  assert.equal(keys.key("pay_1"), keys.key("pay_1"));
});

/** 128 of them, as four numbers. */
const BITS = /^\d{1,10}(-\d{1,10}){3}$/;

Deno.test("a key is long enough not to be met twice, and fits the header", () => {
  const keys = Array.from({ length: 100 }, () => openKeyStore(undefined).key("pay_1"));
  assert.equal(new Set(keys).size, 100);
  for (const key of keys) assert.match(key, BITS);
});

Deno.test("in a frame of a shop without https, where randomUUID is missing, a key comes too", () => {
  const { randomUUID } = crypto;
  try {
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    assert.match(openKeyStore(undefined).key("pay_1"), BITS);
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }
});
