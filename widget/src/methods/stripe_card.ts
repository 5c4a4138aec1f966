/**
 * The method "stripe_card": a card in Stripe's own fields, for the provider of the same name, whose
 * offer says whose account it is. All that the page asks of Stripe's script stands here:
 * https://docs.stripe.com/js
 */

import { type FieldOptions, type Provider, providerFields } from "../view/fields.ts";
import type { Language, Method } from "../view/method.ts";

const NAMES = ["number", "expiry", "cvc"] as const;
type Name = typeof NAMES[number];
const ELEMENTS = { number: "cardNumber", expiry: "cardExpiry", cvc: "cardCvc" } as const;
/** Stripe's codes of what cannot be right -> keys of ours. */
const ERRORS: Readonly<Record<string, string>> = {
  invalid_expiry_month_past: "error_expired",
  invalid_expiry_year_past: "error_expired",
};

/** Languages that Stripe names by a country; it knows not all of ours, and takes English then. */
const SCRIPTS: Readonly<Record<string, string>> = { "zh-Hans": "zh", "zh-Hant": "zh-TW" };

/** Stripe's script, as far as it is used here. */
declare const Stripe: (publicKey: string) => {
  elements(options: { locale: string }): {
    create(type: typeof ELEMENTS[Name], options: StripeOptions): StripeElement;
  };
  createPaymentMethod(of: { type: "card"; card: StripeElement }): Promise<{
    paymentMethod?: { id: string; card: { brand: string; last4: string } };
    error?: { type: string };
  }>;
};
interface StripeOptions {
  readonly style: { readonly base: StripeStyle };
  readonly placeholder: string;
  readonly disabled: boolean;
}
type StripeStyle =
  & Pick<FieldOptions["style"], "color" | "fontFamily" | "fontSize" | "lineHeight">
  & { readonly "::placeholder": { readonly color: string } };
interface StripeElement {
  on(type: "ready" | "focus" | "blur", listener: () => void): StripeElement;
  on(type: "change", listener: (change: StripeChange) => void): StripeElement;
  mount(place: HTMLElement): void;
  update(options: StripeOptions): void;
  focus(): void;
  clear(): void;
}
interface StripeChange {
  readonly empty: boolean;
  readonly complete: boolean;
  readonly error?: { readonly code: string };
  readonly brand?: string;
}

export default function stripeCard(language: Language): Method {
  return providerFields(
    "stripe_card",
    NAMES,
    language,
    ({ publishable_key }) => connect(publishable_key, language),
  );
}

function connect(publicKey: string | undefined, { locale }: Language): Provider<Name> {
  if (typeof publicKey !== "string" || !publicKey) {
    throw new Error("The gateway knows no STRIPE_PUBLISHABLE_KEY.");
  }
  const stripe = Stripe(publicKey);
  const elements = stripe.elements({ locale: SCRIPTS[locale()] ?? locale() });
  const mounted = new Map<Name, StripeElement>();
  return {
    mount(name, place, options, events) {
      const element = elements.create(ELEMENTS[name], translated(options))
        .on("ready", events.ready)
        .on("focus", events.focus)
        .on("blur", events.blur)
        .on("change", ({ empty, complete, error, brand }) =>
          events.change({
            empty,
            complete,
            error: error && ERRORS[error.code],
            mark: brand && brand !== "unknown" ? named(brand) : "",
          }));
      // Stripe's frames are light, and transparent only in what is light too.
      place.style.colorScheme = "light";
      element.mount(place);
      mounted.set(name, element);
      return {
        update: (changed) => element.update(translated(changed)),
        focus: () => element.focus(),
        clear: () => element.clear(),
      };
    },
    async token() {
      const { paymentMethod, error } = await stripe.createPaymentMethod({
        type: "card",
        card: mounted.get("number")!,
      });
      if (error?.type === "api_connection_error") throw new Error(error.type);
      if (!paymentMethod) return undefined;
      const { id, card: { brand, last4 } } = paymentMethod;
      return { payment_method: id, brand: named(brand), last4 };
    },
  };
}

const BRANDS: Readonly<Record<string, string>> = {
  amex: "American Express",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** A brand as people know it. */
const named = (brand: string) => BRANDS[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);

function translated({ style, hint, locked }: FieldOptions): StripeOptions {
  const { placeholderColor, color, fontFamily, fontSize, lineHeight } = style;
  return {
    style: {
      base: {
        color,
        fontFamily,
        fontSize,
        lineHeight,
        "::placeholder": { color: placeholderColor },
      },
    },
    placeholder: hint,
    disabled: locked,
  };
}
