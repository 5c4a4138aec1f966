"""The words that mean a payment, on a button in the languages of many shops."""

WORDS = (
    "pay|pays|paying|buy|order|checkout|purchase|donate|subscribe|confirm|submit|send|proceed|"
    "zahlen|bezahlen|kaufen|bestellen|absenden|bestätigen|"
    "payer|régler|acheter|commander|valider|confirmer|"
    "pagar|comprar|pedir|confirmar|abonar|paga|acquista|ordina|conferma|"
    "betalen|afrekenen|bestel|betal|betala|köp|kjøp|køb|maksa|zapłać|płacę|kupuję|kup|zaplatit|"
    "zaplatiť|koupit|fizetés|fizetek|plătește|plateste|πληρωμή|öde|satın|"
    "оплатить|оплачиваю|оплата|заплатить|купить|заказать|подтвердить|отправить|перевести|"
    "сплатити|оплатити|купити|замовити|аплаціць|төлеу|плащане|плати|купи|"
    "bayar|beli|thanh toán|mua|ชำระเงิน|ادفع|دفع|לתשלום|שלם|भुगतान"
)
WITHOUT_SPACES = "支払|決済|購入|注文|支付|付款|购买|購買|下单|결제|구매|주문"
PAYING = rf"(?<!\p{{L}})(?:{WORDS})(?!\p{{L}})|{WITHOUT_SPACES}"
"""A regular expression of JavaScript, for the flags i and u."""
