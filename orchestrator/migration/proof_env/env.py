"""The Alembic environment of a proof: one connection, one transaction a revision, nothing else."""

from alembic import context  # noqa: TID253

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
