<?php
// What the server remembers: payments, attempts to pay them, and notifications that were taken.
declare(strict_types=1);

const SCHEMA = <<<SQL
CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, payment_id INTEGER, paysystem_id INTEGER,
  number TEXT, value TEXT, currency TEXT, paid INTEGER, UNIQUE (payment_id, paysystem_id));
CREATE TABLE IF NOT EXISTS attempts (reference TEXT PRIMARY KEY, payment TEXT, key TEXT, value TEXT,
  currency TEXT, status TEXT, reason TEXT, due REAL, tries INTEGER, UNIQUE (payment, key));
-- One attempt at most has, or may still get, the money of a payment.
CREATE UNIQUE INDEX IF NOT EXISTS one_charge ON attempts (payment)
  WHERE status IN ('processing', 'charged', 'settled');
CREATE TABLE IF NOT EXISTS notifications (id TEXT PRIMARY KEY);
SQL;
const ANSWER = 60; // seconds after which the service is asked what became of a charge
const CLAIM = 15; // seconds in which nobody else takes up an attempt; more than a call may take

function database(): PDO
{
    static $database = null;
    if ($database === null) {
        $database = new PDO('sqlite:' . (getenv('DATABASE') ?: __DIR__ . '/payments.db'), options: [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            PDO::ATTR_TIMEOUT => 20,
        ]);
        $database->exec('PRAGMA journal_mode = WAL');
        $database->exec(SCHEMA);
    }
    return $database;
}

function rows(string $query, string|int|float ...$values): array
{
    $statement = database()->prepare($query);
    $statement->execute($values);
    return $statement->fetchAll();
}

function row(string $query, string|int|float ...$values): ?array
{
    return rows($query, ...$values)[0] ?? null;
}

/** The number of rows that were changed. */
function execute(string $query, string|int|float ...$values): int
{
    $statement = database()->prepare($query);
    $statement->execute($values);
    return $statement->rowCount();
}

/** Whether there is an attempt with this Idempotency-Key. */
function is_known(array $payment, string $key): bool
{
    return row('SELECT 1 FROM attempts WHERE payment = ? AND key = ?', $payment['id'], $key) !== null;
}

/** Write an attempt down, before the charge; false where another one is under way or paid. */
function begin(string $reference, array $payment, string $key): bool
{
    return execute(
        "INSERT OR IGNORE INTO attempts VALUES (?, ?, ?, ?, ?, 'processing', '', ?, 0)",
        $reference, $payment['id'], $key, $payment['value'], $payment['currency'], microtime(true) + ANSWER,
    ) === 1;
}

/** Keep what the service says of an attempt; a notification's ID counts once. */
function record(string $reference, array $outcome, ?string $notification = null): void
{
    [$status, $reason] = $outcome;
    $status = $status === 'declined' ? 'failed' : $status;
    database()->beginTransaction();
    if ($notification === null || execute('INSERT OR IGNORE INTO notifications VALUES (?)', $notification)) {
        execute(
            "UPDATE OR IGNORE attempts SET status = ?, reason = ?, due = ? WHERE reference = ?
            AND (status = 'processing' OR status = 'failed' AND ? = 'charged')",
            $status, $reason, $status === 'processing' ? microtime(true) + 5 : 0, $reference, $status,
        );
        if ($status === 'charged' && find_attempt($reference)['status'] === 'failed') {
            error_log("$reference: charged, but another attempt has paid. Give the money back.");
        }
    }
    database()->commit();
}

function find_attempt(string $reference): ?array
{
    return row('SELECT * FROM attempts WHERE reference = ?', $reference);
}

/** The attempt, if it is due: for a while it is this caller's and nobody else's. */
function claim(string $reference): ?array
{
    return row(
        "UPDATE attempts SET due = ?, tries = tries + 1 WHERE reference = ? AND due <= ?
        AND status IN ('processing', 'charged') RETURNING *",
        microtime(true) + CLAIM, $reference, microtime(true),
    );
}

/** A Payment as the API answers it. */
function describe(array $payment): array
{
    ['status' => $status, 'reason' => $reason] = row(
        "SELECT status, reason FROM attempts WHERE payment = ? ORDER BY status = 'failed', rowid DESC",
        $payment['id'],
    ) ?? ['status' => 'open', 'reason' => ''];
    if ($payment['paid'] && in_array($status, ['open', 'failed'], true)) {
        $status = 'settled'; // paid in another way
    }
    return [
        'id' => $payment['id'],
        'status' => ['charged' => 'processing', 'settled' => 'paid'][$status] ?? $status,
        'amount' => ['value' => $payment['value'], 'currency' => $payment['currency']],
        // TODO: the buyer's language, of Accept-Language, for this, the label and all sentences.
        'description' => "Payment {$payment['number']}",
        'methods' => [['type' => 'card', 'label' => 'Card']],
        'action' => null,
        'error' => $status === 'failed' ? ['code' => 'declined', 'message' => $reason] : null,
    ];
}
