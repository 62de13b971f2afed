"""The guard of Stripe's rate limit (S1)."""

from app.modules.billing.gateways.token_bucket import TokenBucket


class Time:
    """A monotonic clock that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_lets_a_burst_pass_and_then_the_rate() -> None:
    time = Time()
    bucket = TokenBucket(15, monotonic=lambda: time.now, sleep=time.sleep)
    for _ in range(15):
        bucket.take()
    assert time.now == 0.0
    for _ in range(30):
        bucket.take()
    assert round(time.now, 6) == 2.0


def test_gives_back_at_most_one_burst_after_a_pause() -> None:
    time = Time()
    bucket = TokenBucket(15, monotonic=lambda: time.now, sleep=time.sleep)
    time.now = 100.0
    for _ in range(16):
        bucket.take()
    assert round(time.now - 100.0, 6) == round(1 / 15, 6)


def test_holds_nobody_up_without_a_rate() -> None:
    time = Time()
    bucket = TokenBucket(None, monotonic=lambda: time.now, sleep=time.sleep)
    for _ in range(1000):
        bucket.take()
    assert time.now == 0.0
