"""What the keys of a Stripe account are called; the demo asks for them where Stripe's own package is
not installed yet.

CODES of the handler where each shop has an account of its own; else in the environment.
"""

SECRET_KEY = "STRIPE_SECRET_KEY"
PUBLIC_KEY = "STRIPE_PUBLISHABLE_KEY"
WEBHOOK_SECRET = "STRIPE_WEBHOOK_SECRET"
