"""A store in a PostgreSQL database: the same documents, for a team."""

from claimtrack.store.database.address import is_database, shown

__all__ = ["is_database", "shown"]
