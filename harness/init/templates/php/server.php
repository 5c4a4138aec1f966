<?php
// The server behind the payment page: the API of dist/gateway.openapi.yaml, and the page itself.
// For development: php -S 127.0.0.1:3000 server.php. What is left to tell, once a minute:
// php server.php advance
declare(strict_types=1);

define('PORTAL', rtrim((string) getenv('PAYFRAME_PORTAL'), '/'));
const LARGEST_BODY = 65536;

set_exception_handler(function (Throwable $error): void {
    error_log((string) $error);
    problem(500, 'internal', 'Something went wrong. Please try again.');
});
require __DIR__ . '/ledger.php';
require __DIR__ . '/portal.php';
require __DIR__ . '/service.php';

if (PHP_SAPI === 'cli') {
    $query = "SELECT reference FROM attempts WHERE status IN ('processing', 'charged') AND due <= ?";
    array_map('advance', array_column(rows($query, microtime(true)), 'reference'));
    exit;
}
ignore_user_abort(true); // a buyer who leaves stops no payment
try {
    answer_request($_SERVER['REQUEST_METHOD'], (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
} catch (Refused $refused) {
    problem($refused->status, $refused->problem, $refused->getMessage());
}

function answer_request(string $verb, string $path): void
{
    match (true) {
        "$verb $path" === 'POST /gateway/payments' => create_payment(),
        "$verb $path" === 'POST /notifications' => take_notification(),
        $verb === 'GET' && preg_match('~^/gateway/payments/([^/]+)$~D', $path, $id) => get_payment($id[1]),
        $verb === 'POST' && preg_match('~^/gateway/payments/([^/]+)/attempts$~D', $path, $id) => create_attempt($id[1]),
        $verb === 'GET' => get_page(ltrim($path, '/') ?: 'index.html'),
        default => throw new Refused(404, 'no_such_call', 'There is no such call.'),
    };
}

function create_payment(): void
{
    $sent = read_json();
    foreach (['payment_id', 'paysystem_id'] as $name) {
        if (!is_int($sent[$name] ?? null) && !is_string($sent[$name] ?? null) || !preg_match('/^\d{1,18}$/D', (string) $sent[$name])) {
            throw new Refused(422, 'invalid_request', "The shop's page sent a payment that is not a number.");
        }
    }
    answer(201, describe(open_payment((int) $sent['payment_id'], (int) $sent['paysystem_id'])));
}

function get_payment(string $id): void
{
    $payment = find_payment($id);
    if ($attempt = row("SELECT reference FROM attempts WHERE payment = ? AND status IN ('processing', 'charged')", $id)) {
        advance($attempt['reference']);
    }
    answer(200, describe($payment));
}

function create_attempt(string $id): void
{
    [$payment, $sent] = [find_payment($id), read_json()];
    [$amount, $data] = [$sent['amount'] ?? null, $sent['data'] ?? null];
    $key = $_SERVER['HTTP_IDEMPOTENCY_KEY'] ?? '';
    if ($key === '' || strlen($key) > 255) {
        throw new Refused(400, 'idempotency_key_missing', 'An Idempotency-Key header is needed.');
    }
    if (($sent['method'] ?? null) !== 'card' || !is_array($amount) || !is_array($data)) {
        throw new Refused(422, 'method_unknown', 'This way to pay is not offered here.');
    }
    // A confirmation at the bank goes back to this page or to a shop that is known, nowhere else.
    $known = [$_SERVER['HTTP_ORIGIN'] ?? '', ...explode(' ', (string) getenv('SELLERS'))];
    if (!in_array(origin($sent['return_url'] ?? null), $known, true)) {
        throw new Refused(422, 'return_url_refused', "The return URL is neither this page's nor the shop's.");
    }
    if (is_known($payment, $key)) {
        answer(200, describe($payment));
        return;
    }
    // What is charged is read from the portal right before; the page's amount is only compared.
    $payment = open_payment($payment['payment_id'], $payment['paysystem_id']);
    if ([$amount['value'] ?? '', $amount['currency'] ?? ''] !== [$payment['value'], $payment['currency']]) {
        throw new Refused(409, 'amount_changed', 'The shop changed the amount. Please look at it again.');
    }
    $reference = bin2hex(random_bytes(16));
    if ($payment['paid'] || !begin($reference, $payment, $key)) {
        $state = describe($payment);
        if ($state['status'] !== 'paid' && !is_known($payment, $key)) {
            throw new Refused(409, 'attempt_in_progress', 'This payment is being processed already.');
        }
        answer(200, $state);
        return;
    }
    try {
        record($reference, charge($reference, $payment['value'], $payment['currency'], $data));
    } catch (Throwable $error) {
        error_log("$reference: no answer to the charge, it is looked for: {$error->getMessage()}");
    }
    advance($reference);
    answer(201, describe($payment));
}

function take_notification(): void
{
    $told = read_notification(read_body());
    if ($told === null) {
        throw new Refused(401, 'wrong_signature', "The signature is not the payment service's.");
    }
    $attempt = find_attempt($told['reference']);
    if ([$attempt['value'] ?? null, $attempt['currency'] ?? null] !== [$told['value'], $told['currency']]) {
        error_log("{$told['reference']}: no charge of ours: {$told['value']} {$told['currency']}");
        throw new Refused(422, 'charge_unknown', 'There is no charge of this reference and amount.');
    }
    record($told['reference'], [$told['status'], $told['reason']], $told['id']);
    advance($told['reference']);
    http_response_code(204);
}

/** The built page, with the headers of its build. */
function get_page(string $name): void
{
    $built = json_decode((string) @file_get_contents(__DIR__ . '/dist/manifest.json'), true);
    if ($built === null) {
        throw new Refused(503, 'not_built', 'The page is not built: run payframe build.');
    }
    if (!($built['files'][$name]['public'] ?? false)) {
        throw new Refused(404, 'not_found', 'There is nothing here.');
    }
    foreach ($built['headers'] as $header => $value) {
        header("$header: $value");
    }
    header('Content-Type: ' . (str_ends_with($name, '.json') ? 'application/json' : 'text/html; charset=utf-8'));
    readfile(__DIR__ . "/dist/$name");
}

function find_payment(string $id): array
{
    return row('SELECT * FROM payments WHERE id = ?', $id)
        ?? throw new Refused(404, 'payment_not_found', 'This payment is not known here.');
}

function read_body(): string
{
    $body = (string) file_get_contents('php://input', length: LARGEST_BODY + 1);
    return strlen($body) <= LARGEST_BODY ? $body : throw new Refused(413, 'content_too_large', 'The request is too large.');
}

function read_json(): array
{
    $sent = json_decode(read_body(), true);
    return is_array($sent) ? $sent : throw new Refused(422, 'invalid_request', 'The request is not as the API describes it.');
}

function origin(mixed $url): ?string
{
    return is_string($url) && preg_match('~^https?://[^/?#\\\\@\s]+~', $url, $found) ? $found[0] : null;
}

function answer(int $status, array $content, string $type = 'application/json'): void
{
    http_response_code($status);
    header("Content-Type: $type");
    echo json_encode($content, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
}

function problem(int $status, string $code, string $detail): void
{
    $content = ['type' => 'about:blank', 'title' => $detail, 'status' => $status, 'code' => $code, 'detail' => $detail];
    answer($status, $content, 'application/problem+json');
}
