<?php
// A payment service in plain PHP: what it reads is what any PHP handler reads.
// /form prints its input; /checkout answers a call with a page that prints that call's input.

function show($input)
{
    header('Content-Type: text/html; charset=utf-8');
    echo '<!doctype html><title>PHP</title><link rel="icon" href="data:,"><pre id="read">',
        htmlspecialchars(json_encode($input, JSON_UNESCAPED_UNICODE)), '</pre>';
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/form') {
    show(['method' => $_SERVER['REQUEST_METHOD'], 'get' => $_GET, 'post' => $_POST]);
} elseif ($path === '/checkout') {
    header('Content-Type: application/json');
    $page = 'http://' . $_SERVER['HTTP_HOST'] . '/page?call=' . urlencode(json_encode($_POST));
    echo json_encode(['PAYMENT_URL' => $page, 'PAYMENT_ID' => 'php-' . $_POST['BX_SYSTEM_PARAMS']['PAYMENT_ID']]);
} elseif ($path === '/page') {
    show(json_decode($_GET['call'], true));
} else {
    http_response_code(404);
}
