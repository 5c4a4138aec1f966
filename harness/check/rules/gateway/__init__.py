"""What the server behind the payment page does with money."""
