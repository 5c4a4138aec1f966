"""What the shop's frame does not allow."""
