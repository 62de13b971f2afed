"""Whether a PostgreSQL server lets us make databases; runs inside the environment."""

import sys

import psycopg

CONNECT_SECONDS = 5
MAY_CREATE = "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"


def main(url: str) -> str | None:
    """The reason why this server cannot be used, None when it can."""
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        with psycopg.connect(address, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error as error:
        return " ".join(str(error).split())
    return None if row and row[0] else "its user may not create databases"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
