<?php
// Your payment service: the only file that knows it. Until it is filled in, it is a stand-in that
// takes test cards and moves no money.
declare(strict_types=1);

// TODO: take these lines away once charge() takes money. They keep test cards off a real portal.
if (!in_array(parse_url(PORTAL, PHP_URL_HOST), ['localhost', '127.0.0.1'], true)) {
    throw new Exception('PAYFRAME_PORTAL is no portal of this machine, and service.php moves no money yet.');
}

/**
 * Charge $value, a decimal string, in $currency, ISO 4217. $data is what the page asked for.
 *
 * Answers [status, reason]: charged, declined with a sentence for the buyer, or processing.
 * Whatever is thrown leaves the attempt in processing until find_charge() knows.
 */
function charge(string $reference, string $value, string $currency, array $data): array
{
    // TODO: call your service, with a timeout of 30 s. $reference is its idempotency key: the same
    // one is charged once. Many services count in minor units: 100.00 USD is 10000, 128 JPY is 128.
    $card = is_string($data['number'] ?? null) ? $data['number'] : '';
    execute('INSERT OR IGNORE INTO test_charge VALUES (?, ?, ?, ?)', $reference, $value, $currency, $card);
    return find_charge($reference);
}

/** What has become of a charge whose answer or notification is lost, as above; null: no charge. */
function find_charge(string $reference): ?array
{
    // TODO: ask your service for the charge with this idempotency key or reference.
    $found = row('SELECT card FROM test_charge WHERE reference = ?', $reference);
    return $found ? match ($found['card']) {
        '4242424242424242' => ['charged', ''],
        '4000000000000077' => ['processing', ''], // until the notification comes
        default => ['declined', 'Your bank declined this card.'],
    } : null;
}

/**
 * What the service tells by itself: id (the same when it is sent again), reference, value,
 * currency, status and reason; null where it was not the service.
 */
function read_notification(string $body): ?array
{
    // TODO: the header (here Signature), algorithm and fields of your service.
    $secret = (string) getenv('NOTIFICATION_SECRET');
    $signature = $_SERVER['HTTP_SIGNATURE'] ?? '';
    if ($secret === '' || !hash_equals(hash_hmac('sha256', $body, $secret), $signature)) {
        return null;
    }
    return json_decode($body, true, 8, JSON_THROW_ON_ERROR) + ['reason' => ''];
}

execute('CREATE TABLE IF NOT EXISTS test_charge (reference PRIMARY KEY, value, currency, card)');
