"""Who can use the page."""
