"""The fields of sale.persontype.*, sale.order.* and sale.payment.*, as their getFields name them.

Names, types and flags are those of the vendor's pages on getFields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Numeric,
    String,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from ...store.models import Order, Payment, PaySystem, PersonType, Table

Type = Literal["integer", "string", "char", "double", "datetime"]


@dataclass(frozen=True)
class Kind:
    """What getFields tells of a field. An immutable one is set when its record is made."""

    type: Type
    read_only: bool = False
    required: bool = False
    immutable: bool = False


@dataclass(frozen=True)
class Field:
    """A field with the column that holds it, or the expression that it is computed from."""

    kind: Kind
    column: ColumnElement[Any]


Fields = Mapping[str, Field]


def describe_fields(fields: Fields) -> dict[str, dict[str, bool | str]]:
    """What getFields answers with: name -> type and flags."""
    return {
        name: {
            "isImmutable": field.kind.immutable,
            "isReadOnly": field.kind.read_only,
            "isRequired": field.kind.required,
            "type": field.kind.type,
        }
        for name, field in sorted(fields.items())
    }


def own_name(name: str) -> str:
    """The name of a field in the platform's own tables: orderId -> ORDER_ID, id1c -> ID_1C."""
    return "".join(
        f"_{letter}" if letter.isupper() or letter == "1" else letter for letter in name
    ).upper()


def _fields(
    table: type[Table], kinds: Mapping[str, Kind], **computed: ColumnElement[Any]
) -> dict[str, Field]:
    columns = table.__table__.c
    return {
        name: Field(kind, computed[name] if name in computed else columns[own_name(name).lower()])
        for name, kind in kinds.items()
    }


def _read_only(kind: Kind) -> Kind:
    return replace(kind, read_only=True)


def _immutable(kind: Kind) -> Kind:
    return replace(kind, immutable=True)


def _required(kind: Kind) -> Kind:
    return replace(kind, required=True)


INTEGER, STRING, CHAR = Kind("integer"), Kind("string"), Kind("char")
DOUBLE, DATETIME = Kind("double"), Kind("datetime")

_orders, _payments = Order.__table__.c, Payment.__table__.c
_paid = (
    # To four decimals: SQLite adds up floating-point numbers.
    select(func.round(func.sum(cast(_payments.sum, Numeric)), 4))
    .where(_payments.order_id == _orders.id, _payments.paid == "Y")
    .correlate(Order.__table__)
    .scalar_subquery()
)


def _of_pay_system(column: ColumnElement[Any]) -> ColumnElement[Any]:
    pay_systems = PaySystem.__table__
    return (
        select(column)
        .where(pay_systems.c.id == _payments.pay_system_id)
        .correlate(Payment.__table__)
        .scalar_subquery()
    )


PERSON_TYPE = _fields(
    PersonType,
    {
        "id": _read_only(INTEGER),
        "name": _required(STRING),
        "code": STRING,
        "sort": STRING,
        "active": STRING,
        "xmlId": STRING,
    },
)

ORDER = _fields(
    Order,
    {
        "id": _read_only(INTEGER),
        "accountNumber": _read_only(STRING),
        "lid": _required(_immutable(STRING)),
        "personTypeId": _required(_immutable(INTEGER)),
        "personTypeXmlId": _read_only(STRING),
        "userId": _immutable(INTEGER),
        "currency": _required(_immutable(STRING)),
        "price": DOUBLE,
        "discountValue": DOUBLE,
        "taxValue": _read_only(DOUBLE),
        "payed": _read_only(CHAR),
        "statusId": CHAR,
        "statusXmlId": _read_only(STRING),
        "dateStatus": _read_only(DATETIME),
        "empStatusId": INTEGER,
        "canceled": CHAR,
        "dateCanceled": _read_only(DATETIME),
        "empCanceledId": INTEGER,
        "reasonCanceled": STRING,
        "marked": CHAR,
        "dateMarked": _read_only(DATETIME),
        "empMarkedId": INTEGER,
        "reasonMarked": STRING,
        "deducted": _read_only(CHAR),
        "dateInsert": DATETIME,
        "dateUpdate": _read_only(DATETIME),
        "orderTopic": STRING,
        "userDescription": STRING,
        "additionalInfo": STRING,
        "comments": STRING,
        "affiliateId": INTEGER,
        "companyId": INTEGER,
        "responsibleId": INTEGER,
        "recurringId": CHAR,
        "recountFlag": CHAR,
        "lockedBy": CHAR,
        "dateLock": _read_only(DATETIME),
        "externalOrder": CHAR,
        "xmlId": STRING,
        "id1c": STRING,
        "version1c": STRING,
        "updated1c": CHAR,
        "version": _read_only(INTEGER),
    },
    payed=type_coerce(
        case((_paid >= func.round(cast(_orders.price, Numeric), 4), "Y"), else_="N"), String(1)
    ),
    personTypeXmlId=(
        select(PersonType.__table__.c.xml_id)
        .where(PersonType.__table__.c.id == _orders.person_type_id)
        .correlate(Order.__table__)
        .scalar_subquery()
    ),
    statusXmlId=literal(""),
)

PAYMENT = _fields(
    Payment,
    {
        "id": _read_only(INTEGER),
        "orderId": _required(_immutable(INTEGER)),
        "accountNumber": _read_only(STRING),
        "paySystemId": _required(INTEGER),
        "paySystemName": _read_only(STRING),
        "paySystemXmlId": _read_only(STRING),
        "paySystemIsCash": _read_only(CHAR),
        "sum": DOUBLE,
        "currency": STRING,
        "priceCod": DOUBLE,
        "paid": CHAR,
        "datePaid": DATETIME,
        "empPaidId": INTEGER,
        "dateBill": DATETIME,
        "datePayBefore": DATETIME,
        "payVoucherNum": STRING,
        "payVoucherDate": DATETIME,
        "psStatus": CHAR,
        "psStatusCode": STRING,
        "psStatusDescription": STRING,
        "psStatusMessage": STRING,
        "psSum": DOUBLE,
        "psCurrency": STRING,
        "psInvoiceId": STRING,
        "psResponseDate": DATETIME,
        "isReturn": CHAR,
        "empReturnId": INTEGER,
        "payReturnNum": STRING,
        "payReturnDate": DATETIME,
        "payReturnComment": STRING,
        "responsibleId": INTEGER,
        "dateResponsibleId": _read_only(DATETIME),
        "empResponsibleId": INTEGER,
        "marked": CHAR,
        "dateMarked": _read_only(DATETIME),
        "empMarkedId": INTEGER,
        "reasonMarked": STRING,
        "comments": STRING,
        "companyId": INTEGER,
        "externalPayment": CHAR,
        "xmlId": STRING,
        "id1c": STRING,
        "version1c": STRING,
        "updated1c": CHAR,
    },
    paySystemXmlId=_of_pay_system(PaySystem.__table__.c.xml_id),
    paySystemIsCash=_of_pay_system(PaySystem.__table__.c.is_cash),
)
