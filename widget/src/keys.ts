/**
 * The Idempotency-Key of what the buyer means to pay: one for each intent, kept across retries and
 * reloads of the frame, so that nothing is paid twice. It says nothing of the card.
 */

export interface KeyStore {
  /** The key of the payment's present intent; a new one where there is none. */
  key(paymentId: string): string;
  /** The intent has ended, paid or not: the next one gets a new key. */
  discard(paymentId: string): void;
}

/** `storage` is undefined where the browser allows none; memory alone does then. */
export function openKeyStore(storage: Storage | undefined): KeyStore {
  const memory = new Map<string, string>();
  const name = (paymentId: string) => `payframe:${paymentId}`;
  return {
    key(paymentId) {
      const key = memory.get(paymentId) ?? attempt(() => storage?.getItem(name(paymentId))) ??
        newKey();
      memory.set(paymentId, key);
      attempt(() => storage?.setItem(name(paymentId), key));
      return key;
    },
    discard(paymentId) {
      memory.delete(paymentId);
      attempt(() => storage?.removeItem(name(paymentId)));
    },
  };
}

/** Session storage, where a frame on another site may have it. Reading the property may throw. */
export function frameStorage(): Storage | undefined {
  return attempt(() => globalThis.sessionStorage) ?? undefined;
}

/** 128 random bits. randomUUID is missing in a frame whose shop is not on https. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
