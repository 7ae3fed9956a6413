"""What do we remember? SQLAlchemy tables, one unit of work, the outbox, the audit, migrations.

Start with :mod:`storage.database`, which implements :class:`bot.ports.Store`; each other module is
one group of tables with what is done to it.
"""
