"""The one way in which a REST call fails: a status, a code and a text, as the platform has them."""


class PortalError(Exception):
    def __init__(self, code: str, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status


def check_failure(text: str) -> PortalError:
    return PortalError("ERROR_CHECK_FAILURE", text)


def no_auth() -> PortalError:
    return PortalError("NO_AUTH_FOUND", "Wrong authorization data", 401)


def expired() -> PortalError:
    return PortalError("expired_token", "The access token provided has expired", 401)


def insufficient_scope() -> PortalError:
    return PortalError(
        "insufficient_scope",
        "The request requires higher privileges than provided by the webhook token",
        403,
    )


def method_not_found() -> PortalError:
    return PortalError("ERROR_METHOD_NOT_FOUND", "Method not found!", 404)


def internal() -> PortalError:
    return PortalError("INTERNAL_SERVER_ERROR", "Internal server error", 500)
