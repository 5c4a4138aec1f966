"""What the browser is told about the page: its policy, and the headers that it is served with."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from .config import Widget
from .elements import Kind, find_elements

# A payment page shows fields and asks its gateway; it needs none of these. Left out is what not
# every browser knows by name, since they print a warning to the shop's console for it.
DENIED = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",  # the Payment Request API, which the page does not use
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
YEAR = 365 * 24 * 60 * 60


def page_policy(page: str, widget: Widget, *, fetches: bool) -> str:
    """The page's own policy: its own script and style by hash, its gateway, no more.

    What a method loads from its provider is added, and nothing is loosened for it: scripts by their
    whole URL, and Trusted Types stay on.

    `fetches` is whether it loads files beside it. frame-ancestors cannot stand in a page; the
    server sends it, see `headers`.
    """
    connect = _once([*(["'self'"] if fetches else []), _gateway(widget)])
    loaded = widget.loaded.values()
    connect += _once(origin for loads in loaded for origin in loads.connections)
    scripts = [
        *_hashes(page, "script"),
        *_once(each.url.partition("?")[0] for loads in loaded for each in loads.scripts),
        *_once(origin for loads in loaded for origin in loads.script_origins),
    ]
    frames = _once(origin for loads in loaded for origin in loads.frames)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts)}",
            f"style-src {' '.join(_hashes(page, 'style'))}",
            "img-src data:",
            f"connect-src {' '.join(connect)}",
            *([f"frame-src {' '.join(frames)}"] if frames else []),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _gateway(widget: Widget) -> str:
    """Its origin, as a policy says it."""
    gateway = urlsplit(widget.gateway_url)
    return f"{gateway.scheme}://{gateway.netloc}" if gateway.scheme else "'self'"


def _hashes(page: str, kind: Kind) -> list[str]:
    elements = find_elements(page).elements
    return [f"'{each.sha256}'" for each in elements if each.kind == kind and each.src is None]


def _once(sources: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sources))


def headers(policy: str, widget: Widget) -> dict[str, str]:
    """The headers of the page and of the files beside it, whoever serves them.

    The gateway may show the page, too: to buyers of handlers in form and checkout mode.

    Neither X-Frame-Options, which knows no list of sellers, nor Cross-Origin-Opener-Policy, which
    means nothing in a frame.
    """
    named = widget.allowed_sellers
    sellers = " ".join([*named, _gateway(widget)]) if named else "*"
    denied = ", ".join(f"{name}=()" for name in DENIED)
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {sellers}",
        "Permissions-Policy": f"{denied}, clipboard-write=(self)",
        # Neither gateway nor bank learns the page's address.
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        # Without includeSubDomains: other names of the host are not the page's business.
        "Strict-Transport-Security": f"max-age={YEAR}",
        # The page is made to be shown by others, those with an embedder policy of their own too.
        "Cross-Origin-Resource-Policy": "cross-origin",
        # Always the page of the last build, and no proxy on the way may rewrite it.
        "Cache-Control": "no-cache, no-transform",
    }
