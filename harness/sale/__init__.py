"""What the platform knows of orders, payments, payment systems, handlers and their values.

The portal and the seller's site both stand on it; they never import each other.
"""
