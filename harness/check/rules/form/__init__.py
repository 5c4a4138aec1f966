"""What comes when the buyer sends the shop's form, and what the page does with its values."""
