"""What the keys of a Stripe account are called, also where Stripe's own package is not installed.

CODES of the handler where each shop has an account of its own; else in the environment.
"""

SECRET_KEY, PUBLIC_KEY, WEBHOOK_SECRET = KEYS = (
    "STRIPE_SECRET_KEY",
    "STRIPE_PUBLISHABLE_KEY",
    "STRIPE_WEBHOOK_SECRET",
)
