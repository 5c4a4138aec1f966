"""The tables of a gateway's database, from the first version on: see migrations/."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from payframe.database import Database, StoreError, open_database, shown

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = "gateway_version"
"""The table that says which version the others have."""
UPGRADE_LOCK = 7_021_413
"""The key of PostgreSQL's advisory lock: of several workers one upgrades, and the others wait."""


def open_ledger(url: str) -> Database:
    """A gateway's database, upgraded to this version's tables. Raises StoreError."""
    store = open_database(url)
    try:
        upgrade(store)
    except SQLAlchemyError as error:
        store.close()
        cause = getattr(error, "orig", None) or error
        raise StoreError(f"{shown(url)}: the database cannot be used: {cause}") from error
    except StoreError as error:
        store.close()
        raise StoreError(f"{shown(url)}: {error}") from error
    return store


def upgrade(store: Database, to: str = "head") -> None:
    """Raises StoreError for a database that a newer payframe has written."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with store.write() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        version = context.get_current_revision()
        if version == scripts.get_current_head():
            return
        if version is not None and version not in [
            each.revision for each in scripts.walk_revisions()
        ]:
            raise StoreError(
                f"was written by a newer payframe (its tables are version {version}, this one "
                f"knows {scripts.get_current_head()}). Use that payframe."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, to)
