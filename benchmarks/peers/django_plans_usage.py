"""django-plans: the quotas of a user's plan, looked up through its helper."""

import json
import sys
from pathlib import Path
from time import perf_counter

import django  # type: ignore[import-not-found] # in its own environment
from django.conf import settings  # type: ignore[import-not-found]


def main(path: str) -> None:
    """Look the quotas of every user up; prints look-ups a second."""
    task = json.loads(Path(path).read_text())
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "ordered_model",
            "plans",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": task["database"]}},
        USE_TZ=True,
        SECRET_KEY="bench",  # noqa: S106 - signs nothing of worth
        PLANS_CURRENCY="EUR",
        PLANS_TAXATION_POLICY="plans.taxation.eu.EUTaxationPolicy",
        PLANS_TAX_COUNTRY="LU",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    users = _populate(task["quotas"], task["users"])
    # Its modules can be imported only once Django is set up.
    from plans.quota import get_user_quota  # type: ignore[import-not-found]  # noqa: PLC0415

    for user in users:
        assert get_user_quota(user) == task["quotas"]
    rates = []
    for _ in range(5):
        began = perf_counter()
        for user in users:
            get_user_quota(user)
        rates.append(len(users) / (perf_counter() - began))
    print(json.dumps({"lookups_per_second": sorted(rates)[2]}))


def _populate(quotas: dict[str, int], number: int) -> list[object]:
    from django.contrib.auth.models import User  # type: ignore[import-not-found]  # noqa: PLC0415
    from django.core.management import call_command  # type: ignore[import-not-found]  # noqa: PLC0415
    from plans.models import Plan, PlanQuota, Quota, UserPlan  # type: ignore[import-not-found]  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    plan = Plan.objects.create(name="Professional", available=True, visible=True)
    for order, (code, value) in enumerate(quotas.items()):
        quota = Quota.objects.create(codename=code, name=code, order=order)
        PlanQuota.objects.create(plan=plan, quota=quota, value=value)
    users = [User.objects.create(username=f"user{index}") for index in range(number)]
    for user in users:
        UserPlan.objects.update_or_create(user=user, defaults={"plan": plan, "active": True})
    return list(User.objects.all())


if __name__ == "__main__":
    main(sys.argv[1])
