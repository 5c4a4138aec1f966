<?php
// A page that a server in PHP renders, with the payment's sum filled in once the shop has spoken.
header('Content-Type: text/html; charset=utf-8');
$name = htmlspecialchars('Köln & Söhne', ENT_QUOTES);
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pay</title>
<style>
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; }
  main { padding: 16px; }
  button { min-height: 44px; padding: 0 24px; font: inherit; }
</style>
<main>
  <h1><?= $name ?></h1>
  <p id="amount">Waiting for the shop …</p>
  <button disabled>Pay by bank transfer</button>
</main>
<script>
  addEventListener("message", ({ data, source }) => {
    const payment = data?.BX_SYSTEM_PARAMS;
    if (source !== parent || !payment?.SUM) return;
    document.querySelector("#amount").textContent = `${payment.SUM} ${payment.CURRENCY}`;
    document.querySelector("button").disabled = false;
    parent.postMessage({ height: document.querySelector("main").offsetHeight }, "*");
  });
</script>
</html>
