"""Signatures as the specification of Standard Webhooks has them."""

from app.modules.billing.services.webhooks_out.signing import derive_secret, signature_headers

# The example of the specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"test": 2432232314}'


def test_it_signs_as_the_specification_does() -> None:
    headers = signature_headers(
        [SECRET], event_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=BODY
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_it_signs_with_every_secret_that_holds() -> None:
    other = derive_secret("key", "seed")
    headers = signature_headers([SECRET, other], event_id="m", timestamp=1, body="")
    assert len(headers["webhook-signature"].split()) == 2


def test_a_secret_depends_on_key_and_seed_alone() -> None:
    assert derive_secret("key", "seed") == derive_secret("key", "seed")
    assert len({derive_secret("key", "a"), derive_secret("key", "b"), derive_secret("x", "a")}) == 3
