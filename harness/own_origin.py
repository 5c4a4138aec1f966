"""Who may use a control of the demo: pages of its own, and programs."""

from starlette.requests import Request


def is_own(request: Request) -> bool:
    """Whether no other origin's page sends this. Browsers name theirs with every POST, programs
    name none."""
    origin = request.headers.get("origin")
    return origin in (None, f"{request.url.scheme}://{request.url.netloc}")
