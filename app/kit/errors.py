"""Named errors in families; `kit.http.problems` alone turns families into HTTP statuses."""

from typing import Any, ClassVar


class AppError(Exception):
    """Something a caller must be told.

    `code` is stable and names the text `errors.<code>` in the catalogs; `params` fill that text
    and are shown to the caller, so they hold nothing internal.
    """

    code: ClassVar[str] = "internal_error"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class BadRequest(AppError):
    """The request makes no sense in the present state or form."""

    code = "bad_request"


class NotSignedIn(AppError):
    """Nobody is signed in, or the session or token is no longer good."""

    code = "not_signed_in"


class PaymentRequired(AppError):
    """A payment was declined."""

    code = "payment_required"


class Forbidden(AppError):
    """Whoever asks may not do this."""

    code = "forbidden"


class NotFound(AppError):
    """No such thing within what the asker may see; also the answer for foreign things (D2)."""

    code = "not_found"


class MethodNotAllowed(AppError):
    """The address exists, the method does not."""

    code = "method_not_allowed"


class Conflict(AppError):
    """The present state forbids it."""

    code = "conflict"


class PreconditionFailed(AppError):
    """Somebody changed the thing since it was read."""

    code = "edited_meanwhile"


class TooLarge(AppError):
    """The body is larger than accepted."""

    code = "too_large"


class InvalidInput(AppError):
    """Single values are wrong: `errors` lists `(pointer, code, params)`, a pointer as in RFC 6901.

    Each text is `validation.<code>` in the catalogs.
    """

    code = "invalid_input"

    def __init__(self, *errors: tuple[str, str, dict[str, Any]], **params: Any) -> None:
        super().__init__(**params)
        self.errors = errors

    @classmethod
    def at(cls, pointer: str, code: str, **params: Any) -> "InvalidInput":
        """One wrong value at `pointer`, for instance `/email`."""
        return cls((pointer, code, params))

    def below(self, part: str) -> "InvalidInput":
        """The same values as parts of a larger input, for instance below `/store`."""
        errors = [(part + pointer, code, params) for pointer, code, params in self.errors]
        return type(self)(*errors, **self.params)


class TooManyRequests(AppError):
    """A rate limit is used up; `params["retry_after_s"]` says for how many seconds."""

    code = "too_many_requests"


class Upstream(AppError):
    """Somebody else's system did not answer as it should."""

    code = "upstream_failed"


class Unavailable(AppError):
    """We cannot do it now; trying again later may help."""

    code = "temporarily_unavailable"
