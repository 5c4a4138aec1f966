"""Which names are those of secrets, which no buyer may read."""

import re

WORD_BREAKS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")
WORDS = re.compile(
    r"secret|passw|private|token|(?<!\bpublic )\bkey\b|(?:api|service|access|shop)key"
)


def is_secret_name(name: str) -> bool:
    """Whether a field, a parameter or its title is named as secrets are: serviceKey, API_TOKEN."""
    return bool(WORDS.search(WORD_BREAKS.sub(" ", name).lower()))
