// What localstripe's script leaves out of Stripe's, as https://docs.stripe.com/js describes it: a
// field for each part of a card, what the fields tell, and createPaymentMethod.
(() => {
  const standIn = Stripe;
  const COMPLETE = {
    cardNumber: /^\d{16}$/,
    cardExpiry: /^\d\d \/ \d\d$/,
    cardCvc: /^\d{3}$/,
  };

  class Field {
    input = document.createElement("input");
    listeners = {};

    constructor(type, options) {
      this.input.setAttribute("aria-label", type);
      this.input.addEventListener("input", () => {
        const { value } = this.input;
        const brand = type === "cardNumber" && value.startsWith("4") ? "visa" : "unknown";
        this.tell("change", { empty: !value, complete: COMPLETE[type].test(value), brand });
      });
      for (const event of ["focus", "blur"]) {
        this.input.addEventListener(event, () => this.tell(event));
      }
      this.update(options);
    }
    on(event, listener) {
      this.listeners[event] = listener;
      return this;
    }
    tell(event, told) {
      this.listeners[event]?.(told);
    }
    mount(place) {
      place.append(this.input);
      requestAnimationFrame(() => this.tell("ready"));
    }
    update({ style, placeholder, disabled }) {
      this.input.style.color = style.base.color;
      this.input.style.font = `${style.base.fontSize} ${style.base.fontFamily}`;
      Object.assign(this.input, { placeholder, disabled });
    }
    focus() {
      this.input.focus();
    }
    clear() {
      this.input.value = "";
      this.tell("change", { empty: true, complete: false });
    }
  }

  globalThis.Stripe = (key) => {
    const made = {};
    const value = (type) => made[type].input.value;
    return {
      ...standIn(key),
      elements: () => ({ create: (type, options) => made[type] = new Field(type, options) }),
      async createPaymentMethod({ type, card }) {
        if (card !== made.cardNumber) throw new Error("the field of the number is wanted");
        const [month, year] = value("cardExpiry").split(" / ");
        const answer = await fetch(`${LOCALSTRIPE_BASE_API}/v1/payment_methods`, {
          method: "POST",
          body: new URLSearchParams({
            ...{ type, "card[number]": value("cardNumber"), "card[cvc]": value("cardCvc") },
            ...{ "card[exp_month]": month, "card[exp_year]": `20${year}` },
          }),
        });
        const answered = await answer.json();
        return answer.ok ? { paymentMethod: answered } : { error: answered.error };
      },
    };
  };
})();
