"""Faults of the payment service and of the portal, set in one way."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..portal import faults as portal_faults
from ..sandbox.faults import Faults, GatewayFault
from ..store.database import Store

MANY = 1000
"""Requests that a service which is down leaves unanswered, unless it is mended before."""


class WrongFaultError(Exception):
    """There is no such fault; the message says why."""


class Wish(BaseModel):
    """A fault of the next `times` requests: `fault` is error, slow or garbage of the gateway, a
    code of a system error of the portal. `seconds` is how long a slow one waits."""

    model_config = ConfigDict(extra="forbid")

    where: Literal["gateway", "portal"]
    fault: str
    times: int = Field(default=1, ge=1, le=MANY)
    seconds: float = Field(default=5.0, gt=0, le=120)


def set_fault(wish: bytes, gateway: Faults | None, store: Store) -> None:
    """`wish` is JSON of a Wish. Raises WrongFaultError."""
    try:
        asked = Wish.model_validate_json(wish)
        if asked.where == "gateway":
            if gateway is None:
                raise WrongFaultError("Only the sandbox has faults: this is another provider's.")
            fault = GatewayFault.model_validate(asked.model_dump(exclude={"where"}))
            gateway.queue += [fault] * fault.times
        else:
            with store.write() as session:
                portal_faults.set_fault(session, asked.fault, None, asked.times)
    except (ValidationError, portal_faults.UnknownFaultError) as error:
        raise WrongFaultError(str(error)) from error


def clear_faults(gateway: Faults | None, store: Store) -> None:
    if gateway:
        gateway.queue.clear()
    with store.write() as session:
        portal_faults.clear_faults(session)


def waiting_faults(gateway: Faults | None, store: Store) -> dict[str, Any]:
    """What the next requests will meet: how many of each fault."""
    with store.read() as session:
        of_portal = {
            fault.code: fault.times or MANY for fault in portal_faults.list_faults(session)
        }
    return {"gateway": gateway.waiting() if gateway else {}, "portal": of_portal}
