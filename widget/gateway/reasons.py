"""Why an attempt fails, by code: the sentence that the buyer reads, in English.

Each is in words/ in every language of the payment page.
"""

REASONS = {
    "card_declined": "Your bank declined this card.",
    "insufficient_funds": "There is not enough money on this card.",
    "expired_card": "This card has expired.",
    "incorrect_cvc": "The security code is wrong.",
    "limit_exceeded": "This card's limit is too low for this payment.",
    "not_confirmed": "The payment was not confirmed.",
    "abandoned": "The payment was not confirmed.",
    "code_expired": "The time to pay is over. You can start again.",
    "payment_not_found": "The shop no longer asks for this payment.",
    "amount_changed": "The shop changed the amount. Please look at it again.",
    "paid_already": "This payment has been paid elsewhere.",
    "refused_by_shop": "The shop did not accept the payment.",
    "wrong_amount": "The payment service took another amount than the shop asks for.",
    "try_again": "The payment service could not take the payment. Nothing was charged. "
    "Please try again.",
    "declined": "The payment was declined.",
}


def reason(code: str, message: str = "") -> str:
    """The sentence of a known code, else the message, which may be in any language."""
    return REASONS.get(code) or message or REASONS["declined"]
