"""A gateway's database is brought up to date, on every kind of database that is offered."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from payframe.widget.gateway.ledger import Table
from payframe.widget.gateway.schema import VERSIONS, open_ledger
from sqlalchemy import text

from payframe.database import StoreError


def test_the_migrations_make_the_tables_that_the_ledger_has(database_url: str) -> None:
    store = open_ledger(database_url)
    with store.read() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"version_table": VERSIONS, "compare_type": True}
        )
        assert compare_metadata(context, Table.metadata) == []
    store.close()


def test_a_database_is_opened_again_as_it_is(database_url: str) -> None:
    open_ledger(database_url).close()
    open_ledger(database_url).close()


def test_a_newer_ones_database_is_left_alone(database_url: str) -> None:
    store = open_ledger(database_url)
    with store.write() as session:
        session.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreError, match="was written by a newer payframe"):
        open_ledger(database_url)


def test_a_database_that_is_none_is_told_in_one_sentence(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.db").write_text("this is no database at all, but a text of some length" * 20)
    with pytest.raises(StoreError, match=r"x\.db: the database cannot be used: file is not a"):
        open_ledger(str(tmp_path / "x.db"))
