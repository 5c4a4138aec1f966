<?php
// What the vendor's page says of checkout mode, and no more. PAYMENTS is a folder.

$system = $_POST['BX_SYSTEM_PARAMS'] ?? [];
$folder = getenv('PAYMENTS');

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    $payment = json_decode(file_get_contents("$folder/" . basename($_SERVER['REQUEST_URI'])), true);
    echo '<h1>Payment of ', htmlspecialchars("{$payment['SUM']} {$payment['CURRENCY']}"), '</h1>';
    echo '<a href="', htmlspecialchars($payment['RETURN_URL']), '">Back to the shop</a>';
    exit;
}
header('Content-Type: application/json');
if (empty($system['SUM']) || empty($system['CURRENCY'])) {
    exit(json_encode(['PAYMENT_ERRORS' => ['The amount of the payment is missing.']]));
}
// "EXTERNAL_PAYMENT_ID: identifier of the payment in the payment system (if any)."
$id = $system['EXTERNAL_PAYMENT_ID'] ?? uniqid();
file_put_contents("$folder/" . basename($id), json_encode($system));
echo json_encode([
    'PAYMENT_URL' => "http://{$_SERVER['HTTP_HOST']}/" . basename($id),
    'PAYMENT_ID' => $id,
]);
