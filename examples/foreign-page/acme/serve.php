<?php
// The same page, served by PHP: php -S 127.0.0.1:3000 serve.php, with WEBHOOK in the environment.

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    header('Content-Type: text/html; charset=utf-8');
    readfile(__DIR__ . '/page.html');
    return;
}
$call = http_build_query(['PAYMENT_ID' => $_POST['payment'], 'PAY_SYSTEM_ID' => $_POST['system']]);
$answer = file_get_contents(getenv('WEBHOOK') . '/sale.paysystem.pay.payment', false, stream_context_create(
    ['http' => ['method' => 'POST', 'content' => $call, 'header' => 'Content-Type: application/x-www-form-urlencoded']]
));
http_response_code($answer ? 204 : 502);
