"""How the page tells the shop its size."""
