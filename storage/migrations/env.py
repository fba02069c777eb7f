"""Alembic's entrance: runs the revisions of one end on the connection that `upgrade` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

_connection: Connection = context.config.attributes["connection"]
context.configure(connection=_connection, transactional_ddl=False)
context.run_migrations()
