#!/usr/bin/env python3
"""Everything a developer runs, on a machine with Python 3.11 or newer and nothing else.

python3 dev.py demo    the product with demo data, its Stripe sandbox and jobs, on this machine
python3 dev.py test    every test: SQLite, a real PostgreSQL, a real Redis, a real browser
python3 dev.py check   format, lint, types, import contracts, templates, locks, migrations
python3 dev.py bench   a measurement by name; without a name, the list of them
python3 dev.py docs    the documentation site
python3 dev.py build   the environment and the front end, and nothing else
python3 dev.py screenshots   pictures of all pages, and of those in the docs
python3 dev.py lock    write the locks in requirements/ anew; --upgrade takes newer versions

Each command explains its own options with --help.
"""

import sys


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    if sys.version_info < (3, 11):
        print("Python 3.11 or newer is needed, this is", sys.version.split()[0])
        return 2
    from devtools.commands import dispatch  # noqa: PLC0415  (newer syntax than an old Python reads)

    return dispatch(arguments, usage=__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
