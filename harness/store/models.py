"""Tables of the portal, in the platform's words.

Money is a decimal string with an ISO 4217 code beside it, never a float. Times are UTC.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

Money = Annotated[str, mapped_column(String(40))]
Currency = Annotated[str, mapped_column(String(3))]
YesNo = Annotated[str, mapped_column(String(1))]
Short = Annotated[str, mapped_column(String(255))]
Long = Annotated[str, mapped_column(Text)]


def now() -> datetime:
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out; databases without time zones hold UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Table(MappedAsDataclass, DeclarativeBase):
    # An ID is never given again, also after the last row is deleted: others have kept it.
    __table_args__: ClassVar = {"sqlite_autoincrement": True}  # type: ignore[misc]
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON}


class PersonType(Table, kw_only=True):
    """A payer type: individuals or companies, for orders or for invoices."""

    __tablename__ = "person_type"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[Short]
    client_type: Mapped[Short] = mapped_column(default="b2c")
    entity_registry_type: Mapped[Short] = mapped_column(default="ORDER")
    sort: Mapped[int] = mapped_column(default=100)
    code: Mapped[Short | None] = mapped_column(default=None)
    active: Mapped[YesNo] = mapped_column(default="Y")
    xml_id: Mapped[Short | None] = mapped_column(default=None)


class User(Table, kw_only=True):
    """A buyer, with every field of the USER provider."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    login: Mapped[Short]
    name: Mapped[Short] = mapped_column(default="")
    second_name: Mapped[Short] = mapped_column(default="")
    last_name: Mapped[Short] = mapped_column(default="")
    email: Mapped[Short] = mapped_column(default="")
    personal_profession: Mapped[Short] = mapped_column(default="")
    personal_www: Mapped[Short] = mapped_column(default="")
    personal_icq: Mapped[Short] = mapped_column(default="")
    personal_gender: Mapped[Short] = mapped_column(default="")
    personal_fax: Mapped[Short] = mapped_column(default="")
    personal_mobile: Mapped[Short] = mapped_column(default="")
    personal_street: Mapped[Short] = mapped_column(default="")
    personal_mailbox: Mapped[Short] = mapped_column(default="")
    personal_city: Mapped[Short] = mapped_column(default="")
    personal_state: Mapped[Short] = mapped_column(default="")
    personal_zip: Mapped[Short] = mapped_column(default="")
    personal_country: Mapped[Short] = mapped_column(default="")
    work_company: Mapped[Short] = mapped_column(default="")
    work_department: Mapped[Short] = mapped_column(default="")
    work_position: Mapped[Short] = mapped_column(default="")
    work_www: Mapped[Short] = mapped_column(default="")
    work_phone: Mapped[Short] = mapped_column(default="")
    work_fax: Mapped[Short] = mapped_column(default="")
    work_street: Mapped[Short] = mapped_column(default="")
    work_mailbox: Mapped[Short] = mapped_column(default="")
    work_city: Mapped[Short] = mapped_column(default="")
    work_state: Mapped[Short] = mapped_column(default="")
    work_zip: Mapped[Short] = mapped_column(default="")
    work_country: Mapped[Short] = mapped_column(default="")


class Handler(Table, kw_only=True):
    """A REST payment handler, as sale.paysystem.handler.add got it."""

    __tablename__ = "pay_system_rest_handler"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[Short]
    code: Mapped[Short] = mapped_column(unique=True)
    sort: Mapped[int] = mapped_column(default=100)
    settings: Mapped[dict[str, Any]]
    application: Mapped[Short | None] = mapped_column(default=None)


class PaySystem(Table, kw_only=True):
    """A payment system that the seller offers; `action_file` is its handler's code."""

    __tablename__ = "pay_system"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_type_id: Mapped[int] = mapped_column(default=0)
    name: Mapped[Short] = mapped_column(index=True)
    psa_name: Mapped[Short] = mapped_column(default="")
    sort: Mapped[int] = mapped_column(default=100)
    description: Mapped[Long] = mapped_column(default="")
    action_file: Mapped[Short] = mapped_column(index=True)
    result_file: Mapped[Short] = mapped_column(default="")
    new_window: Mapped[YesNo] = mapped_column(default="N")
    tarif: Mapped[Long] = mapped_column(default="")
    ps_mode: Mapped[Short] = mapped_column(default="")
    have_payment: Mapped[YesNo] = mapped_column(default="Y")
    have_action: Mapped[YesNo] = mapped_column(default="N")
    have_result: Mapped[YesNo] = mapped_column(default="N")
    have_prepay: Mapped[YesNo] = mapped_column(default="N")
    have_price: Mapped[YesNo] = mapped_column(default="N")
    have_result_receive: Mapped[YesNo] = mapped_column(default="Y")
    encoding: Mapped[Short] = mapped_column(default="")
    logotip: Mapped[Long] = mapped_column(default="")
    active: Mapped[YesNo] = mapped_column(default="N")
    allow_edit_payment: Mapped[YesNo] = mapped_column(default="Y")
    is_cash: Mapped[YesNo] = mapped_column(default="N")
    auto_change_1c: Mapped[YesNo] = mapped_column(default="N")
    can_print_check: Mapped[YesNo] = mapped_column(default="N")
    entity_registry_type: Mapped[Short] = mapped_column(default="ORDER")
    xml_id: Mapped[Short] = mapped_column(default="", index=True)


class ParameterMapping(Table, kw_only=True):
    """Where one parameter of a payment system gets its value; payer type 0 stands for all."""

    __tablename__ = "pay_system_mapping"

    pay_system_id: Mapped[int] = mapped_column(
        ForeignKey("pay_system.id", ondelete="CASCADE"), primary_key=True
    )
    person_type_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    code: Mapped[str] = mapped_column(String(255), primary_key=True)
    type: Mapped[Short]
    value: Mapped[Long]


class Order(Table, kw_only=True):
    """An order, with every field of the ORDER provider and of sale.order.* that is not computed.

    An invoice is an order of the registry type CRM_INVOICE.
    """

    __tablename__ = "order"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_number: Mapped[Short]
    lid: Mapped[Short] = mapped_column(default="s1")
    person_type_id: Mapped[int] = mapped_column(ForeignKey("person_type.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    pay_system_id: Mapped[int | None] = mapped_column(default=None)
    delivery_id: Mapped[int | None] = mapped_column(default=None)
    currency: Mapped[Currency]
    price: Mapped[Money]
    price_delivery: Mapped[Money] = mapped_column(default="0")
    discount_value: Mapped[Money] = mapped_column(default="0")
    tax_value: Mapped[Money] = mapped_column(default="0")
    order_topic: Mapped[Short] = mapped_column(default="")
    user_description: Mapped[Long] = mapped_column(default="")
    xml_id: Mapped[Short] = mapped_column(default="")
    entity_registry_type: Mapped[Short] = mapped_column(default="ORDER")
    date_insert: Mapped[datetime] = mapped_column(default_factory=now)
    date_bill: Mapped[datetime] = mapped_column(default_factory=now)
    date_pay_before: Mapped[datetime | None] = mapped_column(default=None)
    date_update: Mapped[datetime] = mapped_column(default_factory=now)
    status_id: Mapped[Short] = mapped_column(default="N")
    date_status: Mapped[datetime] = mapped_column(default_factory=now)
    emp_status_id: Mapped[int | None] = mapped_column(default=None)
    canceled: Mapped[YesNo] = mapped_column(default="N")
    date_canceled: Mapped[datetime | None] = mapped_column(default=None)
    emp_canceled_id: Mapped[int | None] = mapped_column(default=None)
    reason_canceled: Mapped[Long] = mapped_column(default="")
    marked: Mapped[YesNo] = mapped_column(default="N")
    date_marked: Mapped[datetime | None] = mapped_column(default=None)
    emp_marked_id: Mapped[int | None] = mapped_column(default=None)
    reason_marked: Mapped[Long] = mapped_column(default="")
    deducted: Mapped[YesNo] = mapped_column(default="N")
    additional_info: Mapped[Long] = mapped_column(default="")
    comments: Mapped[Long] = mapped_column(default="")
    affiliate_id: Mapped[int | None] = mapped_column(default=None)
    company_id: Mapped[int | None] = mapped_column(default=None)
    responsible_id: Mapped[int | None] = mapped_column(default=None)
    recurring_id: Mapped[Short] = mapped_column(default="")
    recount_flag: Mapped[YesNo] = mapped_column(default="Y")
    locked_by: Mapped[Short] = mapped_column(default="")
    date_lock: Mapped[datetime | None] = mapped_column(default=None)
    external_order: Mapped[YesNo] = mapped_column(default="N")
    id_1c: Mapped[Short] = mapped_column(default="")
    version_1c: Mapped[Short] = mapped_column(default="")
    updated_1c: Mapped[YesNo] = mapped_column(default="N")
    version: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship(init=False, lazy="joined")
    person_type: Mapped[PersonType] = relationship(init=False, lazy="joined")
    payments_added: Mapped[int] = mapped_column(default=0)
    """Also those that are deleted: a payment's number is never given again."""
    properties: Mapped[list["OrderProperty"]] = relationship(
        default_factory=list, cascade="all, delete-orphan"
    )
    payments: Mapped[list["Payment"]] = relationship(
        default_factory=list, back_populates="order", cascade="all, delete-orphan"
    )

    def next_payment_number(self) -> str:
        """The account number of one more payment of this order."""
        self.payments_added += 1
        return f"{self.account_number}/{self.payments_added}"


class OrderProperty(Table, kw_only=True):
    __tablename__ = "order_property"

    order_id: Mapped[int] = mapped_column(
        ForeignKey("order.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    code: Mapped[str] = mapped_column(String(255), primary_key=True)
    value: Mapped[Long]


class Payment(Table, kw_only=True):
    """A payment of an order, with every field of the PAYMENT provider and of sale.payment.*.

    The ps_* fields hold what the payment service reported with sale.paysystem.pay.payment;
    ps_invoice_id is the payment's ID on the service's side (EXTERNAL_PAYMENT_ID).
    """

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    order_id: Mapped[int] = mapped_column(
        ForeignKey("order.id", ondelete="CASCADE"), index=True, init=False
    )
    account_number: Mapped[Short]
    pay_system_id: Mapped[int] = mapped_column(ForeignKey("pay_system.id"), index=True)
    pay_system_name: Mapped[Short] = mapped_column(default="")
    sum: Mapped[Money]
    currency: Mapped[Currency]
    paid: Mapped[YesNo] = mapped_column(default="N")
    date_paid: Mapped[datetime | None] = mapped_column(default=None)
    date_bill: Mapped[datetime] = mapped_column(default_factory=now)
    date_pay_before: Mapped[datetime | None] = mapped_column(default=None)
    pay_voucher_num: Mapped[Short] = mapped_column(default="")
    pay_voucher_date: Mapped[datetime | None] = mapped_column(default=None)
    xml_id: Mapped[Short] = mapped_column(default="")
    company_id: Mapped[int | None] = mapped_column(default=None)
    pay_return_num: Mapped[Short] = mapped_column(default="")
    pay_return_date: Mapped[datetime | None] = mapped_column(default=None)
    pay_return_comment: Mapped[Long] = mapped_column(default="")
    ps_status: Mapped[YesNo | None] = mapped_column(default=None)
    ps_status_code: Mapped[Short] = mapped_column(default="")
    ps_status_description: Mapped[Long] = mapped_column(default="")
    ps_status_message: Mapped[Long] = mapped_column(default="")
    ps_sum: Mapped[Money | None] = mapped_column(default=None)
    ps_currency: Mapped[Currency | None] = mapped_column(default=None)
    ps_invoice_id: Mapped[Short] = mapped_column(default="")
    ps_recurring_token: Mapped[Short] = mapped_column(default="")
    ps_card_number: Mapped[Short] = mapped_column(default="")
    ps_response_date: Mapped[datetime | None] = mapped_column(default=None)
    comments: Mapped[Long] = mapped_column(default="")
    responsible_id: Mapped[int | None] = mapped_column(default=None)
    date_responsible_id: Mapped[datetime | None] = mapped_column(default=None)
    emp_responsible_id: Mapped[int | None] = mapped_column(default=None)
    emp_paid_id: Mapped[int | None] = mapped_column(default=None)
    is_return: Mapped[YesNo] = mapped_column(default="N")
    emp_return_id: Mapped[int | None] = mapped_column(default=None)
    marked: Mapped[YesNo] = mapped_column(default="N")
    date_marked: Mapped[datetime | None] = mapped_column(default=None)
    emp_marked_id: Mapped[int | None] = mapped_column(default=None)
    reason_marked: Mapped[Long] = mapped_column(default="")
    price_cod: Mapped[Money] = mapped_column(default="0")
    external_payment: Mapped[YesNo] = mapped_column(default="N")
    id_1c: Mapped[Short] = mapped_column(default="")
    version_1c: Mapped[Short] = mapped_column(default="")
    updated_1c: Mapped[YesNo] = mapped_column(default="N")

    order: Mapped[Order] = relationship(init=False, lazy="joined", back_populates="payments")
    pay_system: Mapped[PaySystem] = relationship(init=False, lazy="joined")


class Token(Table, kw_only=True):
    """What a REST call proves itself with: an incoming webhook, or an application's token.

    `administrator` and `orders` are the rights of its user: CRM administrator, access to orders;
    `admitted` is whether the administrator lets that user use the application.
    """

    __tablename__ = "token"

    code: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[int]
    kind: Mapped[Short] = mapped_column(default="webhook")
    scopes: Mapped[Short] = mapped_column(default="")
    application: Mapped[Short | None] = mapped_column(default=None)
    administrator: Mapped[bool] = mapped_column(default=True)
    orders: Mapped[bool] = mapped_column(default=True)
    admitted: Mapped[bool] = mapped_column(default=True)
    expires: Mapped[datetime | None] = mapped_column(default=None)


class Fault(Table, kw_only=True):
    """A system error that calls get instead of an answer; `times` is how often yet, or for ever."""

    __tablename__ = "fault"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[Short]
    method: Mapped[Short | None] = mapped_column(default=None)
    times: Mapped[int | None] = mapped_column(default=None)


class SchemaVersion(Table, kw_only=True):
    """One row: which version of these tables the database holds."""

    __tablename__ = "schema_version"

    version: Mapped[int] = mapped_column(primary_key=True)
