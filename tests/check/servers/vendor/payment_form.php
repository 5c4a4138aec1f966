<?php
// What the vendor's page says of form mode, and no more: the fields of its example, with
// BX_PAYSYSTEM_ID and BX_RETURN_URL beside them. None of them says the amount.

?>
<h1>Payment <?= htmlspecialchars($_POST['paymentId']) ?></h1>
<p>Phone number: <?= htmlspecialchars($_POST['phone']) ?></p>
<p>Store: <?= htmlspecialchars($_POST['serviceid']) ?></p>
<a href="<?= htmlspecialchars($_POST['BX_RETURN_URL']) ?>">Back to the shop</a>
