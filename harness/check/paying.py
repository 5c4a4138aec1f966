"""The words of a button that pays, or may pay, in the languages of many shops."""

PAY = (
    "pay|pays|paying|buy|order|checkout|purchase|donate|subscribe|"
    "zahlen|bezahlen|kaufen|bestellen|"
    "payer|régler|acheter|commander|"
    "pagar|comprar|pedir|abonar|paga|acquista|ordina|"
    "betalen|afrekenen|bestel|betal|betala|köp|kjøp|køb|maksa|zapłać|płacę|kupuję|kup|zaplatit|"
    "zaplatiť|koupit|fizetés|fizetek|plătește|plateste|πληρωμή|öde|satın|"
    "оплатить|оплачиваю|оплата|заплатить|купить|заказать|перевести|"
    "сплатити|оплатити|купити|замовити|аплаціць|төлеу|плащане|плати|купи|"
    "bayar|beli|thanh toán|mua|ชำระเงิน|ادفع|دفع|לתשלום|שלם|भुगतान"
)
SEND = (
    "confirm|submit|send|proceed|absenden|bestätigen|senden|valider|confirmer|envoyer|confirmar|"
    "enviar|conferma|invia|bevestigen|potwierdź|wyślij|подтвердить|отправить|підтвердити|"
    "надіслати|onayla|gönder|kirim"
)
WITHOUT_SPACES = "支払|決済|購入|注文|支付|付款|购买|購買|下单|결제|구매|주문"


def _any_of(words: str) -> str:
    return rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})|{WITHOUT_SPACES}"


PAYS = _any_of(PAY)
"""What is called so pays. A regular expression of JavaScript, for the flags i and u."""
MAY_PAY = _any_of(f"{PAY}|{SEND}")
"""What is called so may pay, or send what leads to it."""
