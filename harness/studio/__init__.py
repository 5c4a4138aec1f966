"""The studio: a payment page in the shop's frame, with everything around it that one wants to see
while one writes it."""
