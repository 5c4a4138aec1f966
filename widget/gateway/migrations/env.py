"""What Alembic runs: the migrations, on the connection that it was given."""

from alembic import context
from payframe.widget.gateway.ledger import Table
from payframe.widget.gateway.schema import VERSIONS

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    version_table=VERSIONS,
    render_as_batch=True,
)
context.run_migrations()
