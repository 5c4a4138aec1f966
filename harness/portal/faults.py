"""Faults on demand: a system error instead of an answer, for trying out a client's handling."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..store.database import Store
from ..store.models import Fault
from .errors import SYSTEM, PortalError, system_error


class UnknownFaultError(Exception):
    """The code is none that the platform answers with; the message lists those."""


def set_fault(session: Session, code: str, method: str | None, times: int | None) -> None:
    """Calls of `method` (of any, where None) fail with `code`, `times` times or until cleared.

    Raises UnknownFaultError.
    """
    if code not in SYSTEM:
        raise UnknownFaultError(f"{code} is not a system error code. Known: {', '.join(SYSTEM)}.")
    session.add(Fault(code=code, method=method and method.lower(), times=times))


def clear_faults(session: Session) -> None:
    session.execute(delete(Fault))


def list_faults(session: Session) -> list[Fault]:
    return list(session.scalars(select(Fault).order_by(Fault.id)))


def due_fault(
    store: Store, known: list[Fault], method: str, *, in_batch: bool
) -> PortalError | None:
    """The fault for a call, used up by one. In a batch only those of a named method count.

    `known` are the faults that are set, as far as the caller has heard.
    """
    if not any(_meant(fault, method, in_batch) for fault in known):
        return None
    with store.write() as session:
        for fault in list_faults(session):
            if _meant(fault, method, in_batch):
                if fault.times == 1:
                    session.delete(fault)
                elif fault.times is not None:
                    fault.times -= 1
                return system_error(fault.code)
    return None


def _meant(fault: Fault, method: str, in_batch: bool) -> bool:
    return fault.method == method or (fault.method is None and not in_batch)
