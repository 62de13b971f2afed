"""Uploads pictures into one store until somebody kills it: `… DATABASE_URL SHOP`.

`SHOP` is the JSON of a shop. For each line of input, a number, a child begins to upload; its id
is told after its first picture.
"""

import json
import os
import sys
from itertools import count

from app import bootstrap
from app.modules.media.services.upload_file import UploadDraft, upload_file
from tests.factories.catalog import store_of
from tests.factories.pictures import a_picture
from tests.factories.tenancy import AShop


def upload_for_ever(shop: AShop, series: int) -> None:
    """Upload pictures of which no two are alike, in this series or another."""
    for number in count():
        colour = (number % 256, number // 256 % 256, series)
        sent = UploadDraft(f"{number}.png", "", a_picture(1000, 700, colour=colour))
        upload_file(store_of(shop), sent)
        if number == 0:
            print(os.getpid(), flush=True)


def main() -> None:
    """Import once; each child is a process of its own with connections of its own."""
    url, shop = sys.argv[1], AShop(**json.loads(sys.argv[2]))
    bootstrap.start(database_url=url, log_level="error", jobs="off", _env_file=None)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            upload_for_ever(shop, int(line))
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
