"""What a checkout server answers to the platform's call, and where it sends the buyer."""
