"""Faults on demand: a system error instead of an answer, for trying out a client's handling."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..store.database import Store
from ..store.models import Fault
from .errors import SYSTEM, PortalError, system_error

FAULT = Fault.__table__


class UnknownFault(Exception):
    """The code is none that the platform answers with; the message lists those."""


def set_fault(session: Session, code: str, method: str | None, times: int | None) -> None:
    """Calls of `method` (of any, where None) fail with `code`, `times` times or until cleared.

    Raises UnknownFault.
    """
    if code not in SYSTEM:
        raise UnknownFault(f"{code} is not a system error code. Known: {', '.join(SYSTEM)}.")
    session.add(Fault(code=code, method=method and method.lower(), times=times))


def clear_faults(session: Session) -> None:
    session.execute(delete(Fault))


def list_faults(session: Session) -> list[Fault]:
    return list(session.scalars(select(Fault).order_by(Fault.id)))


def due_fault(store: Store, method: str, *, in_batch: bool) -> PortalError | None:
    """The fault for a call, used up by one. In a batch only those of a named method count."""
    for_method = FAULT.c.method == method
    wanted = for_method if in_batch else for_method | FAULT.c.method.is_(None)
    with store.read() as session:
        if session.execute(select(FAULT.c.id).where(wanted).limit(1)).first() is None:
            return None
    with store.write() as session:
        fault = session.execute(select(FAULT).where(wanted).order_by(FAULT.c.id).limit(1)).first()
        if fault is None:
            return None
        this = FAULT.c.id == fault.id
        if fault.times == 1:
            session.execute(delete(Fault).where(this))
        elif fault.times is not None:
            session.execute(update(Fault).where(this).values(times=fault.times - 1))
    return system_error(fault.code)
