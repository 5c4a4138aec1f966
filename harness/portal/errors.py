"""The one way in which a REST call fails: a status, a code and a text, as the platform has them."""

SYSTEM: dict[str, tuple[int, str]] = {
    "INTERNAL_SERVER_ERROR": (500, "Internal server error"),
    "ERROR_UNEXPECTED_ANSWER": (500, "Server returned an unexpected response"),
    "QUERY_LIMIT_EXCEEDED": (503, "Too many requests"),
    "ERROR_BATCH_METHOD_NOT_ALLOWED": (405, "Method is not allowed for batch usage"),
    "ERROR_BATCH_LENGTH_EXCEEDED": (400, "Max batch length exceeded"),
    "NO_AUTH_FOUND": (401, "Wrong authorization data"),
    "INVALID_REQUEST": (400, "Https required"),
    "OVERLOAD_LIMIT": (503, "REST API is blocked due to overload"),
    "ACCESS_DENIED": (403, "REST API is available only on commercial plans"),
    "INVALID_CREDENTIALS": (403, "Invalid request credentials"),
    "ERROR_MANIFEST_IS_NOT_AVAILABLE": (404, "Manifest is not available"),
    "insufficient_scope": (
        403,
        "The request requires higher privileges than provided by the webhook token",
    ),
    "expired_token": (401, "The access token provided has expired"),
    "user_access_error": (403, "The user does not have access to the application"),
    "PORTAL_DELETED": (500, "Portal was deleted"),
    "ERROR_METHOD_NOT_FOUND": (404, "Method not found!"),
    "OPERATION_TIME_LIMIT": (429, "Method is blocked due to operation time limit."),
}
"""Errors that any method can answer with: code -> status and text.

The vendor's "Statuses and System Error Codes", then those that the platform has beside them.
"""


class PortalError(Exception):
    def __init__(self, code: str, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status


def system_error(code: str) -> PortalError:
    """One of SYSTEM by its code."""
    status, text = SYSTEM[code]
    return PortalError(code, text, status)


def invalid_request(text: str, status: int) -> PortalError:
    """A request that no method gets to see."""
    return PortalError("INVALID_REQUEST", text, status)


def check_failure(text: str) -> PortalError:
    return PortalError("ERROR_CHECK_FAILURE", text)


def not_defined(parameter: str) -> PortalError:
    return check_failure(f"Parameter {parameter} is not defined")


def access_denied() -> PortalError:
    """The caller's user lacks the right, or the handler is another application's."""
    return PortalError("ACCESS_DENIED", "Access denied!", 403)
