<?php
// A good receiver of a form in plain PHP. PAYMENTS is a folder with a file for each payment.

const SHOPS = ['localhost'];

function page(int $status, string $html): never
{
    http_response_code($status);
    header('Content-Type: text/html; charset=utf-8');
    exit(<<<HTML
        <!doctype html><meta charset="utf-8"><title>Pay</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        $html
        HTML);
}

function text(array $form, string $name): string
{
    return is_string($form[$name] ?? null) ? $form[$name] : '';
}

function take(array $form): never
{
    $order = text($form, 'paymentId');
    if ($order === '' || !preg_match('/^\d{1,14}(\.\d{1,4})?$/D', text($form, 'sum'))) {
        page(400, 'This is no order.');
    }
    $id = sha1($order);
    $back = text($form, 'BX_RETURN_URL');
    $known = in_array(parse_url($back, PHP_URL_HOST), SHOPS, true);
    file_put_contents(getenv('PAYMENTS') . "/$id", json_encode([
        'amount' => $form['sum'],
        'currency' => text($form, 'currency'),
        'back' => $known ? $back : '',
    ], JSON_INVALID_UTF8_SUBSTITUTE));
    header("Location: /payments/$id", true, 303);
    exit;
}

function show(string $id): never
{
    $payment = json_decode((string) @file_get_contents(getenv('PAYMENTS') . "/$id"), true);
    if (!$payment) {
        page(404, 'There is no such payment.');
    }
    $shown = array_map('htmlspecialchars', $payment);
    $back = $shown['back'] ? "<a href=\"{$shown['back']}\">Back to the shop</a>" : '';
    page(200, "<h1>Pay {$shown['currency']} {$shown['amount']}</h1> <button>Pay</button> $back");
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
str_starts_with($path, '/payments/') ? show(basename($path)) : take($_POST ?: $_GET);
