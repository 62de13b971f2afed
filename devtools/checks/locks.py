"""The locks fit their inputs; compares fingerprints, so it needs no network."""

import sys

from devtools.locks import outdated_locks


def main() -> int:
    """Print the locks that must be made anew; 1 when there is one."""
    outdated = outdated_locks()
    for group in outdated:
        print(f"requirements/{group}.in has changed since its lock: run `python3 dev.py lock`.")
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main())
