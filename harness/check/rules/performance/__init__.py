"""How much the page costs the buyer."""
