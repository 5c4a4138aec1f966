/**
 * The method "hosted_card": a card in fields of the provider's vault. All that the page asks of the
 * provider's script stands here; the rest is payframe's.
 */

import {
  type FieldEvents,
  type FieldOptions,
  type Provider,
  providerFields,
} from "payframe/view/fields.ts";
import type { Language, Method } from "payframe/view/method.ts";

const NAMES = ["number", "expiry", "cvc", "name"] as const;
type Name = typeof NAMES[number];

/** The provider's script, as far as it is used here. */
declare const Vault: (publicKey: string) => {
  field(kind: Name, options: VaultOptions): VaultField;
  tokenize(): Promise<{ token?: string; error?: string }>;
};
type VaultOptions = Omit<FieldOptions, "hint" | "locked"> & {
  placeholder: string;
  disabled: boolean;
};
interface VaultField {
  on(type: "ready" | "focus" | "blur" | "submit", listener: () => void): VaultField;
  on(type: "change", listener: (change: VaultChange) => void): VaultField;
  mount(element: HTMLElement): VaultField;
  update(options: VaultOptions): void;
  focus(): void;
  clear(): void;
}
interface VaultChange {
  empty: boolean;
  complete: boolean;
  error: "" | "incomplete" | "expired";
  brand?: string;
}

export default function hostedCard(language: Language): Method {
  return providerFields("hosted_card", NAMES, language, connect);
}

function connect(): Provider<Name> {
  const vault = Vault("pk_sandbox");
  return {
    mount(name, place, options, events: FieldEvents) {
      const field = vault.field(name, translated(options))
        .on("ready", events.ready)
        .on("focus", events.focus)
        .on("blur", events.blur)
        .on("submit", events.submit)
        .on("change", ({ empty, complete, error, brand }) =>
          events.change({
            empty,
            complete,
            error: error === "expired" ? "error_expired" : undefined,
            mark: brand,
          }))
        .mount(place);
      return {
        update: (changed) => field.update(translated(changed)),
        focus: field.focus,
        clear: field.clear,
      };
    },
    async token() {
      const { token, error } = await vault.tokenize();
      if (error === "unreachable") throw new Error(error);
      return token ? { token } : undefined;
    },
  };
}

function translated({ style, label, hint, error, locked }: FieldOptions): VaultOptions {
  return { style, label, placeholder: hint, error, disabled: locked };
}
