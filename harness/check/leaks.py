"""What an answer may hold that is none of the buyer's business."""

import re

SIGNS = {
    "a stack trace": re.compile(
        r"Traceback \(most recent call last\)"
        r"|^\s+at [\w.<>$ ]+ ?\(.+:\d+:\d+\)"
        r"|Stack trace:\s+#0 "
        r"|(?:Fatal error|Warning|Notice|Uncaught \w+)\b.{0,200} in \S+ on line \d+"
        r"|^\s+at [\w.$]+\([\w.]+\.java:\d+\)",
        re.MULTILINE | re.DOTALL,
    ),
    "a path of the server's disk": re.compile(
        r"(?<![\w/:.])/(?:home|var|usr|srv|opt|root|app|etc|tmp)/[\w./-]+\.(?:py|php|js|ts|rb|go|java|conf|env)\b"
        r"|\b[A-Z]:\\(?:[\w .-]+\\)+[\w.-]+"
    ),
}


def leak(text: str, secrets: list[str]) -> str | None:
    """What a text holds of the server's own, as a noun; None where nothing was found."""
    if any(secret in text for secret in secrets):
        return "the value of a parameter that is named as a secret is"
    return next((name for name, sign in SIGNS.items() if sign.search(text)), None)
