"""What a portal has before anyone calls it: payer types, a user, an invoice, and ways in."""

import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store.database import Store
from ..store.models import Order, PaySystem, PersonType, Token, User, now

SCOPES = "pay_system sale"
PERSON_TYPES = [
    (registry_type, name, client_type, sort)
    for registry_type in ("ORDER", "CRM_INVOICE", "CRM_QUOTE")
    for name, client_type, sort in (("Individual", "b2c", 100), ("Company", "b2b", 200))
]
APPLICATIONS = ("local.first", "local.second")
"""Two applications, so that a handler of the one is refused to the other."""


def provision(session: Session) -> None:
    """Add what is missing, and leave what is there."""
    if session.scalar(select(User).limit(1)) is None:
        session.add(User(login="admin", name="Ada", last_name="Admin", email="admin@example.com"))
        session.flush()
    for registry_type, name, client_type, sort in PERSON_TYPES:
        found = select(PersonType).where(
            PersonType.entity_registry_type == registry_type, PersonType.client_type == client_type
        )
        if session.scalar(found.limit(1)) is None:
            session.add(
                PersonType(
                    name=name,
                    client_type=client_type,
                    sort=sort,
                    entity_registry_type=registry_type,
                )
            )
            session.flush()
    _add_invoice(session)
    _add_tokens(session)


def add_cash(session: Session) -> None:
    """A payment system of the portal's own where there is none yet: no live portal is without."""
    if session.scalar(select(PaySystem.id).limit(1)) is None:
        session.add(
            PaySystem(name="Cash", psa_name="Cash", action_file="cash", active="Y", is_cash="Y")
        )


def mint_token(
    session: Session,
    *,
    user_id: int = 1,
    scopes: str = SCOPES,
    application: str | None = None,
    rights: str = "administrator",
    admitted: bool = True,
    lifetime: timedelta | None = None,
    code: str | None = None,
) -> Token:
    """A webhook, or with `application` an access token of it. `lifetime` None is for ever.

    `code` is by default one that nobody can guess.

    `rights` is administrator, orders (may see and pay orders only) or none.
    """
    token = Token(
        code=code or secrets.token_hex(32 if application else 8),
        user_id=user_id,
        kind="oauth" if application else "webhook",
        scopes=scopes,
        application=application,
        administrator=rights == "administrator",
        orders=rights != "none",
        admitted=admitted,
        expires=None if lifetime is None else now() + lifetime,
    )
    session.add(token)
    return token


def webhook_path(store: Store) -> str:
    """`USER/CODE` of a webhook that may do everything: between /rest/ and the method in a URL."""
    with store.read() as session:
        token = session.scalars(
            select(Token).where(Token.kind == "webhook", Token.administrator).limit(1)
        ).one()
        return f"{token.user_id}/{token.code}"


def webhook_url(store: Store, base: str) -> str:
    """The URL of that webhook as portals show it: with a slash at its end."""
    return f"{base}/rest/{webhook_path(store)}/"


def _add_tokens(session: Session) -> None:
    tokens = list(session.scalars(select(Token)))

    def missing(**wanted: object) -> bool:
        return not any(
            all(getattr(token, name) == value for name, value in wanted.items()) for token in tokens
        )

    if missing(kind="webhook", administrator=True, expires=None):
        mint_token(session)
    if missing(orders=False):
        mint_token(session, rights="none")
    for application in APPLICATIONS:
        if missing(application=application, expires=None):
            mint_token(session, application=application)
    if not any(token.expires and token.expires <= now() for token in tokens):
        mint_token(session, application=APPLICATIONS[0], lifetime=timedelta(seconds=-1))


def _add_invoice(session: Session) -> None:
    """One invoice to try sale.paysystem.pay.invoice with."""
    if session.scalar(select(Order).where(Order.entity_registry_type == "CRM_INVOICE").limit(1)):
        return
    person_type = session.scalars(
        select(PersonType).where(PersonType.entity_registry_type == "CRM_INVOICE").limit(1)
    ).one()
    user = session.scalars(select(User).order_by(User.id).limit(1)).one()
    session.add(
        Order(
            account_number="INV-1",
            person_type_id=person_type.id,
            user_id=user.id,
            currency="USD",
            price="75.00",
            order_topic="Consulting",
            entity_registry_type="CRM_INVOICE",
        )
    )
    session.flush()
