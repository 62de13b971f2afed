"""dj-stripe: its own webhook view, which works an event off before it answers.

Arguments: database address, port, Stripe's address, path of the webhook, its secret, and a price
that is sold, which two first events could not bring at once.
"""

import logging
import sys
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import django  # type: ignore[import-not-found] # in its own environment
import stripe
import waitress  # type: ignore[import-untyped]
from django.conf import settings  # type: ignore[import-not-found]
from django.urls import path  # type: ignore[import-not-found]

THREADS = 16
KEY = "sk_test_" + "0" * 24  # it looks at the shape
urlpatterns: list[object] = []


def main(arguments: list[str]) -> None:
    """Make its tables and serve."""
    database, port, stripe_address, route, secret, price = arguments
    logging.disable(logging.WARNING)  # the queue is meant to be full
    stripe.api_key = KEY  # it lists a product's features without naming its own
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "djstripe"],
        MIGRATION_MODULES={"contenttypes": None, "auth": None, "djstripe": None},
        DATABASES={"default": _database(database)},
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        SECRET_KEY="bench",  # noqa: S106 - signs nothing of worth
        STRIPE_SECRET_KEY=KEY,
        STRIPE_LIVE_MODE=False,
        STRIPE_API_HOST=stripe_address,
        DJSTRIPE_FOREIGN_KEY_TO_FIELD="id",
    )
    django.setup()
    # Its modules can be imported only once Django is set up.
    from django.core.management import call_command  # type: ignore[import-not-found]  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # type: ignore[import-not-found]  # noqa: PLC0415
    from djstripe.models import Price, WebhookEndpoint  # type: ignore[import-not-found]  # noqa: PLC0415
    from djstripe.views import ProcessWebhookView  # type: ignore[import-not-found]  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)  # at once: its history takes minutes
    Price.sync_from_stripe_data(stripe.Price.retrieve(price))
    uuid = uuid4()
    WebhookEndpoint.objects.create(
        id="we_bench", djstripe_uuid=uuid, secret=secret, livemode=False, enabled_events=["*"]
    )
    view = ProcessWebhookView.as_view()
    urlpatterns.append(path(route.removeprefix("/"), view, {"uuid": uuid}))
    waitress.serve(get_wsgi_application(), host="127.0.0.1", port=int(port), threads=THREADS)


def _database(url: str) -> dict[str, object]:
    """Django's words for a PostgreSQL address, on a socket or not; connections stay open."""
    parts = urlsplit(url)
    host = parts.hostname or parse_qs(parts.query)["host"][0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
