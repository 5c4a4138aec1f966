"""What the page risks."""
