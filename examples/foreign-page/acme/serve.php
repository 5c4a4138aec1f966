<?php
// The same service in PHP: WEBHOOK=https://PORTAL/rest/1/CODE/ php -S 127.0.0.1:3000 serve.php

class Refused extends Exception {}

/**
 * Stands for the service that moves money: put the calls of yours here. Like a real one it charges
 * once for a key, however often it is asked.
 */
function charge(string $key, string $card, string $amount): void
{
    $file = fopen(getenv('BANK') ?: sys_get_temp_dir() . '/acme-bank.json', 'c+');
    flock($file, LOCK_EX);
    $charges = json_decode(stream_get_contents($file), true) ?: [];
    if (isset($charges[$key])) {
        return;
    }
    if (str_replace(' ', '', $card) !== '4242424242424242') {
        throw new Refused('Your bank declined this card.');
    }
    $charges[$key] = $amount;
    rewind($file);
    fwrite($file, json_encode($charges));
}

/** A method of the portal's REST. */
function call(string $method, array $params): mixed
{
    $answer = file_get_contents(rtrim(getenv('WEBHOOK'), '/') . '/' . $method, false, stream_context_create(['http' => [
        'method' => 'POST',
        'content' => http_build_query($params),
        'header' => 'Content-Type: application/x-www-form-urlencoded',
        'ignore_errors' => true,
        'timeout' => 10,
    ]]));
    $answer = $answer === false ? [] : json_decode($answer, true);
    if (!isset($answer['result'])) {
        throw new Refused(isset($answer['error']) ? 'The shop does not know this payment.' : 'The shop cannot be reached right now.');
    }
    return $answer['result'];
}

/** What the portal says of a payment. Whatever a browser says of it may be made up. */
function find(string $id): array
{
    return call('sale.payment.get', ['id' => $id])['payment'];
}

function amount(array $payment): string
{
    return json_encode($payment['sum'], JSON_PRESERVE_ZERO_FRACTION) . ' ' . $payment['currency'];
}

/** Take the money, then tell the portal. $seen is the amount that the buyer agreed to. */
function pay(string $id, string $card, string $seen): string
{
    $payment = find($id);
    if ($payment['paid'] === 'Y') {
        throw new Refused('This payment is paid already.');
    }
    if (amount($payment) !== $seen) {
        throw new Refused('The amount is ' . amount($payment) . ' now. Please load the page again.');
    }
    charge('payment-' . $payment['id'], $card, amount($payment));
    call('sale.paysystem.pay.payment', ['PAYMENT_ID' => $payment['id'], 'PAY_SYSTEM_ID' => $payment['paySystemId']]);
    return 'paid';
}

if ($_SERVER['REQUEST_METHOD'] === 'GET' && parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) === '/') {
    header('Content-Type: text/html; charset=utf-8');
    readfile(__DIR__ . '/page.html');
    return;
}
header('Content-Type: text/plain; charset=utf-8');
try {
    echo $_SERVER['REQUEST_METHOD'] === 'POST'
        ? pay($_POST['payment'] ?? '', $_POST['card'] ?? '', $_POST['amount'] ?? '')
        : amount(find($_GET['payment'] ?? ''));
} catch (Refused $refused) {
    http_response_code(422);
    echo $refused->getMessage();
}
