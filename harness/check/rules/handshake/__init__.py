"""What the page makes of the shop's message."""
