"""What must hold in the engines whose style never reaches the frame: `make test-all`."""
