"""Alembic's environment: the connection, its transaction and its lock are the caller's.

See :mod:`storage.migrate`; there is no alembic.ini and no command line.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite's too: its transactions are begun by us, not by the driver
)
context.run_migrations()
