"""The first version: payments, attempts, their history, and the shops."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

AT_STAKE = "status IN ('starting', 'processing', 'authorized', 'charged', 'settled')"


def upgrade() -> None:
    op.create_table(
        "gateway_payment",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop", sa.String(length=255), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("pay_system_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=255), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("shop", "payment_id", "pay_system_id"),
    )
    op.create_table(
        "gateway_shop",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("webhook", sa.Text(), nullable=False),
        sa.Column("added", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "gateway_attempt",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("gateway_payment_id", sa.String(length=40), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=False),
        sa.Column("method", sa.String(length=255), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("brand", sa.String(length=255), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=255), nullable=False),
        sa.Column("action", sa.JSON(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.Column("to_cancel", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.Column("looked", sa.Double(), nullable=False),
        sa.Column("claimed_until", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("return_url", sa.String(length=2000), nullable=False),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("error_code", sa.String(length=255), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=False),
        sa.Column("began", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gateway_payment_id"],
            ["gateway_payment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gateway_payment_id", "idempotency_key"),
    )
    op.create_index("gateway_attempt_due", "gateway_attempt", ["status", "due"], unique=False)
    op.create_index(
        "gateway_attempt_one_charge",
        "gateway_attempt",
        ["gateway_payment_id"],
        unique=True,
        sqlite_where=sa.text(AT_STAKE),
        postgresql_where=sa.text(AT_STAKE),
    )
    op.create_table(
        "gateway_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gateway_payment_id", sa.String(length=40), nullable=False),
        sa.Column("attempt_id", sa.String(length=255), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gateway_payment_id"],
            ["gateway_payment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_gateway_event_gateway_payment_id", "gateway_event", ["gateway_payment_id"], unique=False
    )
