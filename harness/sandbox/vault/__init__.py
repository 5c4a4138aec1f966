"""A vault for cards on an origin of its own, as payment services have one for hosted fields.

The page loads /vault.js, which shows frames of the vault with a field in each. What is typed there
goes from frame to frame to the vault alone; the page gets a token, and its gateway, which asks here
what the token stands for.
"""

from .app import vault_app
from .tokens import Vault

__all__ = ["Vault", "vault_app"]
