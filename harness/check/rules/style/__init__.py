"""How the page looks in the shop."""
