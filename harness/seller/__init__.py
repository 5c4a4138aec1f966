"""The seller's site: the list of payments and the payment page, one module a mode."""
