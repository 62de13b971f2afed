"""What Stripe has no API for: the account's clock, dunning settings, the state of the postman."""

from sandbox.engine.account import DUNNING_ENDS, billing_settings, the_account
from sandbox.engine.clocks import Clocks
from sandbox.store.database import Database
from sandbox.store.json_values import Json
from sandbox.webhooks.delivery import Postman
from sandbox.wire.api import Answer, Request
from sandbox.wire.errors import StripeError, invalid, missing_param
from sandbox.wire.form import parse_form
from sandbox.wire.keys import check_key

PREFIX = "/v1/sandbox/"
LONGEST_DUNNING = 60


class OwnApi:
    """Answers requests to `/v1/sandbox/…` with the same keys and errors as Stripe's."""

    def __init__(self, database: Database, clocks: Clocks, postman: Postman) -> None:
        self._database = database
        self._clocks = clocks
        self._postman = postman
        self._handlers = {
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._advance,
            ("GET", "settings"): self._settings,
            ("POST", "settings"): self._set_settings,
            ("POST", "webhooks/flush"): self._flush,
        }

    def answer(self, request: Request) -> Answer:
        """The answer as JSON."""
        try:
            check_key(request.headers.get("authorization"))
            name = request.path.removeprefix(PREFIX)
            handler = self._handlers.get((request.method, name))
            if handler is None:
                missing = StripeError(f"Unrecognized request URL: {request.path}", status=404)
                return Answer(missing.status, missing.body(), {})
            return Answer(200, handler(parse_form(request.body)), {})
        except StripeError as error:
            return Answer(error.status, error.body(), {})

    def _clock(self, params: Json) -> Json:
        """Business time, whether it moves, and how many webhooks wait for their first try."""
        return {**self._clocks.state(), "undelivered": self._postman.undelivered()}

    def _advance(self, params: Json) -> Json:
        target = params.get("frozen_time")
        if target is None:
            raise missing_param("frozen_time")
        if not str(target).isdigit():
            raise invalid(f"Invalid integer: {target}", param="frozen_time")
        self._clocks.advance_account(int(target))
        return self._clock(params)

    def _flush(self, params: Json) -> Json:
        self._postman.flush()
        return self._clock(params)

    def _settings(self, params: Json) -> Json:
        with self._database.transaction(now=self._clocks.now()) as work:
            return {"object": "sandbox.settings", **billing_settings(work)}

    def _set_settings(self, params: Json) -> Json:
        """Days between retries (`dunning_days[]`) and what follows them (`dunning_end`)."""
        with self._database.transaction(now=self._clocks.now()) as work:
            account = the_account(work)
            for name, value in params.items():
                account["_"][name] = _setting(name, value)
            work.save(account)
            return {"object": "sandbox.settings", **account["_"]}


def _setting(name: str, value: object) -> object:
    if name == "dunning_end":
        if value not in DUNNING_ENDS:
            raise invalid(f"Invalid dunning_end: must be one of {DUNNING_ENDS}", param=name)
        return value
    if name == "dunning_days":
        days = value if isinstance(value, list) else []
        if not days or not all(
            str(day).isdigit() and 0 < int(day) <= LONGEST_DUNNING for day in days
        ):
            raise invalid("Invalid dunning_days: whole days between 1 and 60.", param=name)
        return [int(day) for day in days]
    raise invalid(f"Received unknown parameter: {name}", param=name, code="parameter_unknown")
