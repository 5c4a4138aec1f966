<?php
// The portal: which payment there is, and that it has been paid.
declare(strict_types=1);

/** A problem (RFC 9457): $problem is for programs, the message a sentence for the buyer. */
final class Refused extends Exception
{
    public function __construct(public readonly int $status, public readonly string $problem, string $detail)
    {
        parent::__construct($detail);
    }
}

/** The payment as the portal has it now. */
function open_payment(int $payment_id, int $paysystem_id): array
{
    $found = call('sale.payment.get', ['id' => $payment_id])['payment'];
    // Refuses a payment of another payment system. TODO: it answers what the merchant has filled in
    // for your CODES (payframe.toml), such as the keys of their account at your service.
    call('sale.paysystem.settings.payment.get', ['PAYMENT_ID' => $payment_id, 'PAY_SYSTEM_ID' => $paysystem_id]);
    // JSON keeps the digits of the sum, up to 15 of them; a text made with (string) does not.
    $value = is_string($found['sum']) ? $found['sum'] : json_encode($found['sum']);
    if (!preg_match('/^\d+(\.\d+)?$/D', $value) || (float) $value <= 0) {
        throw new Refused(422, 'nothing_to_pay', 'There is nothing to pay.');
    }
    return row(
        'INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (payment_id, paysystem_id) DO UPDATE
        SET value = excluded.value, currency = excluded.currency, paid = excluded.paid RETURNING *',
        bin2hex(random_bytes(16)), $payment_id, $paysystem_id, $found['accountNumber'], $value,
        $found['currency'], (int) ($found['paid'] === 'Y'),
    );
}

/** Tell the portal of a charge, or ask the service for one that it has not answered. */
function advance(string $reference): void
{
    $attempt = claim($reference);
    if ($attempt === null) {
        return; // there is nothing to do, or somebody else does it
    }
    try {
        if ($attempt['status'] === 'processing') {
            $lost = ['declined', 'The payment was interrupted. Nothing was charged.'];
            record($reference, find_charge($reference) ?? $lost);
            return;
        }
        $payment = row('SELECT * FROM payments WHERE id = ?', $attempt['payment']);
        call('sale.paysystem.pay.payment', [
            'PAYMENT_ID' => $payment['payment_id'],
            'PAY_SYSTEM_ID' => $payment['paysystem_id'],
            'PS_INVOICE_ID' => $reference,
            'PS_SUM' => $attempt['value'],
            'PS_CURRENCY' => $attempt['currency'],
        ]);
        execute("UPDATE attempts SET status = 'settled' WHERE reference = ?", $reference);
    } catch (Throwable $error) {
        error_log("$reference stays {$attempt['status']} for now: {$error->getMessage()}");
        $later = microtime(true) + min(2 ** $attempt['tries'], 60);
        execute('UPDATE attempts SET due = ? WHERE reference = ?', $later, $reference);
    }
}

/** A method of the portal's REST. */
function call(string $method, array $params): mixed
{
    $request = curl_init(PORTAL . "/$method.json");
    curl_setopt_array($request, [
        CURLOPT_POSTFIELDS => json_encode($params, JSON_THROW_ON_ERROR),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10, // less than CLAIM
    ]);
    $answer = json_decode((string) curl_exec($request), true);
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    if ($status === 400) {
        throw new Refused(404, 'payment_not_found', 'The shop does not know this payment.');
    }
    if ($status !== 200 || !isset($answer['result'])) {
        throw new Refused(503, 'portal_unavailable', 'The shop cannot be reached. Please try again.');
    }
    return $answer['result'];
}
