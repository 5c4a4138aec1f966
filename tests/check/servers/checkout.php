<?php
// A good checkout server in plain PHP. PAYMENTS is a folder with a file for each payment, and
// PAYFRAME_PORTAL the webhook of the portal whose orders are paid.

const CURRENCIES = ['USD', 'EUR'];
const SHOPS = ['localhost'];

function file_of(string $id): string
{
    return getenv('PAYMENTS') . '/' . basename($id);
}

function answer(int $status, array $content): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    exit(json_encode($content));
}

function refuse(string $why, int $status = 200): never
{
    answer($status, ['PAYMENT_ERRORS' => [$why]]);
}

function amount_of(string $order): string
{
    $call = getenv('PAYFRAME_PORTAL') . 'sale.payment.get.json?id=' . urlencode($order);
    $read = json_decode((string) @file_get_contents($call), true);
    return (string) ($read['result']['payment']['sum'] ?? refuse('The shop has no such payment.'));
}

function register(array $call): never
{
    $system = $call['BX_SYSTEM_PARAMS'] ?? null;
    $order = $system['PAYMENT_ID'] ?? null;
    if (!is_array($system) || !is_string($order) || !preg_match('/^\d{1,18}$/', $order)) {
        refuse('This is no call of the shop.', 400);
    }
    if (!in_array($system['CURRENCY'] ?? '', CURRENCIES, true)) {
        refuse('This currency is not taken here.');
    }
    if (!preg_match('/^(?=.*[1-9])\d{1,14}(\.\d{1,4})?$/D', $system['SUM'] ?? '')) {
        refuse('There is nothing to pay.');
    }
    // One order has one payment, whatever EXTERNAL_PAYMENT_ID says and however often this comes.
    $id = "php-$order";
    $amount = amount_of($order);
    $file = @fopen(file_of($id), 'x');
    if ($file) {
        $back = $system['RETURN_URL'] ?? '';
        $known = in_array(parse_url($back, PHP_URL_HOST), SHOPS, true);
        fwrite($file, json_encode([
            'amount' => $amount,
            'currency' => $system['CURRENCY'],
            'back' => $known ? $back : '',
        ]));
    }
    answer(200, ['PAYMENT_URL' => "http://{$_SERVER['HTTP_HOST']}/pay/$id", 'PAYMENT_ID' => $id]);
}

function show(string $id): never
{
    $payment = json_decode((string) @file_get_contents(file_of($id)), true);
    if (!$payment) {
        refuse('There is no such payment.', 404);
    }
    $shown = array_map('htmlspecialchars', $payment);
    $back = $shown['back'] ? "<a href=\"{$shown['back']}\">Back to the shop</a>" : '';
    header('Content-Type: text/html; charset=utf-8');
    exit(<<<HTML
        <!doctype html><meta charset="utf-8"><title>Pay</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <h1>Pay {$shown['currency']} {$shown['amount']}</h1> <button>Pay</button> $back
        HTML);
}

$_SERVER['REQUEST_METHOD'] === 'POST'
    ? register($_POST)
    : show(basename(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)));
