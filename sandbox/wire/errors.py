"""Stripe's errors, as exceptions that know their HTTP status and body."""

from sandbox.store.json_values import Json

DOCS = "https://docs.stripe.com/error-codes"

NOUNS = {
    "checkout.session": "checkout.session",
    "payment_method": "PaymentMethod",
    "test_helpers.test_clock": "test clock",
    "billing_portal.configuration": "configuration",
    "promotion_code": "promotion code",
}


class StripeError(Exception):
    """An answer in Stripe's error shape.

    `commits` says whether what was done before stays done: a declined payment is recorded,
    a refused request leaves nothing behind.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        commits: bool = False,
        more: Json | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.commits = commits
        self.code = code
        self.error: Json = {"message": message, "type": kind}
        if code:
            self.error |= {"code": code, "doc_url": f"{DOCS}#{code.replace('_', '-')}"}
        if param:
            self.error["param"] = param
        self.error |= more or {}

    def body(self) -> Json:
        """The JSON that goes over the wire."""
        return {"error": self.error}


def invalid(message: str, *, param: str | None = None, code: str | None = None) -> StripeError:
    """400: the request makes no sense; nothing was changed."""
    return StripeError(message, param=param, code=code)


def missing_param(param: str) -> StripeError:
    """400: a required parameter is not there."""
    return invalid(f"Missing required param: {param}.", param=param, code="parameter_missing")


def not_covered(param: str, value: str) -> StripeError:
    """400: Stripe knows this value, the sandbox would not act on it."""
    message = f"The value {value} of {param} is not covered by this sandbox."
    return invalid(message, param=param, code="parameter_not_covered")


def resource_missing(kind: str, object_id: str, *, param: str = "id") -> StripeError:
    """404 for the object in the path, 400 for one named by a parameter."""
    noun = NOUNS.get(kind, kind.replace("_", " "))
    return StripeError(
        f"No such {noun}: '{object_id}'",
        status=404 if param == "id" else 400,
        code="resource_missing",
        param=param,
    )


def card_error(
    message: str,
    *,
    code: str,
    decline_code: str | None = None,
    commits: bool = True,
    **more: object,
) -> StripeError:
    """402: the card refused; what the attempt left behind is kept."""
    extra: Json = dict(more)
    if decline_code:
        extra["decline_code"] = decline_code
    return StripeError(
        message, status=402, kind="card_error", code=code, commits=commits, more=extra
    )
