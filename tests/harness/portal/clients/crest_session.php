<?php
// What PHP gets from the portal the way CRest calls it: the webhook with the slash at its end, the
// method and `.json` behind it, a form from http_build_query, redirects followed. JSON on stdout.
// Arguments: webhook, file of the authority to trust.

function call(string $method, array $params = []): mixed
{
    global $argv;
    $request = curl_init();
    curl_setopt($request, CURLOPT_URL, $argv[1] . $method . '.json');
    curl_setopt($request, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($request, CURLOPT_POSTREDIR, 10);
    curl_setopt($request, CURLOPT_USERAGENT, 'Bitrix24 CRest PHP 1.36');
    curl_setopt($request, CURLOPT_FOLLOWLOCATION, 1);
    if ($argv[2] ?? '') {
        curl_setopt($request, CURLOPT_CAINFO, $argv[2]);
    }
    $fields = http_build_query($params);
    if ($fields) {
        curl_setopt($request, CURLOPT_POST, true);
        curl_setopt($request, CURLOPT_POSTFIELDS, $fields);
    }
    $answer = curl_exec($request);
    if ($answer === false) {
        throw new RuntimeException(curl_error($request));
    }
    return json_decode($answer, true);
}

function batch(array $calls): mixed
{
    $commands = array_map(
        fn(array $call) => $call[0] . (empty($call[1]) ? '' : '?' . http_build_query($call[1])),
        $calls
    );
    return call('batch', ['cmd' => $commands, 'halt' => 0]);
}

$handler = [
    'NAME' => 'PHP',
    'CODE' => 'php',
    'SORT' => 100,
    'SETTINGS' => [
        'CURRENCY' => ['USD', 'EUR'],
        'CLIENT_TYPE' => 'b2c',
        'CODES' => ['SHOP' => ['NAME' => 'Shop & more', 'SORT' => 100, 'INPUT' => ['TYPE' => 'STRING']]],
        'IFRAME_DATA' => ['ACTION_URI' => 'https://pay.example.com/', 'FIELDS' => ['shop' => ['CODE' => 'SHOP']]],
    ],
];
$added = call('sale.paysystem.handler.add', $handler);
$listed = call('sale.paysystem.handler.list');
echo json_encode([
    'added' => $added['result'],
    'settings' => $listed['result'][array_search('php', array_column($listed['result'], 'CODE'))]['SETTINGS'],
    'again' => call('sale.paysystem.handler.add', $handler)['error'],
    'refused' => call('sale.paysystem.handler.add', ['NAME' => 'PHP']),
    'batch' => batch([
        'types' => ['sale.persontype.list', ['filter' => ['>id' => 0], 'order' => ['id' => 'DESC']]],
        'system' => ['sale.paysystem.add', [
            'NAME' => 'PHP', 'BX_REST_HANDLER' => 'php', 'PERSON_TYPE_ID' => 1,
            'ENTITY_REGISTRY_TYPE' => 'ORDER', 'ACTIVE' => true,
        ]],
        'it' => ['sale.paysystem.list', ['SELECT' => ['id', 'active'], 'FILTER' => ['ID' => '$result[system]']]],
    ])['result'],
]), "\n";
