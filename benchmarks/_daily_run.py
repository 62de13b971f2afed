"""What is due on a day, and the bare SQL that does it; for SQLite, translated for PostgreSQL.

At `NOW` each 30th subscription is due, a quarter each: its period is over, its scheduled end has
come, its trial is over, its trial ends tomorrow. All times are UTC.
"""

from datetime import UTC, datetime

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
OF_A_KIND = 30 * 4  # one of so many
_POSTGRESQL = {
    "json_object(": "jsonb_build_object(",
    "strftime('%Y-%m-%d %H:%M:%f000', period_end, '+1 month')": "period_end + interval '1 month'",
    "strftime('%Y-%m-%d %H:%M:%f000', usage_anchor, '+1 month')": (
        "usage_anchor + interval '1 month'"
    ),
}


def statements(script: str, *, sqlite: bool) -> list[str]:
    """Return the statements of one of the scripts below."""
    for written, meant in {} if sqlite else _POSTGRESQL.items():
        script = script.replace(written, meant)
    return script.split(";")


MAKE_DUE = """
DELETE FROM usage_counters;
DELETE FROM subscription_changes;
DELETE FROM subscription_tallies;
DELETE FROM audit_entries;
DELETE FROM entitlement_epochs;
DELETE FROM outbox_messages;
UPDATE merchant_subscriptions
   SET status = 'active', billing_source = 'manual', arr_cents = 12000, version = 1,
       cancel_at = NULL, cancelled_at = NULL, trial_ends_at = NULL,
       period_start = '2026-05-05 12:00:00.000000', period_end = '2026-06-05 12:00:00.000000',
       usage_anchor = '2026-05-05 12:00:00.000000';
UPDATE merchant_subscriptions
   SET period_start = '2026-04-15 11:00:00.000000', period_end = '2026-05-15 11:00:00.000000',
       usage_anchor = '2026-04-15 11:00:00.000000'
 WHERE id % 30 = 0;
UPDATE merchant_subscriptions SET cancel_at = period_end WHERE id % 120 = 30;
UPDATE merchant_subscriptions
   SET status = 'trial', billing_source = 'trial', arr_cents = 0,
       trial_ends_at = '2026-05-15 11:00:00.000000'
 WHERE id % 120 = 60;
UPDATE merchant_subscriptions
   SET status = 'trial', billing_source = 'trial', arr_cents = 0,
       trial_ends_at = '2026-05-16 11:00:00.000000'
 WHERE id % 120 = 90;
INSERT INTO usage_counters (merchant_id, platform_id, feature_code, window_start, used)
SELECT merchant_id, platform_id, 'max_orders_per_month', usage_anchor, 0
  FROM merchant_subscriptions
"""

TURN_PERIODS = """
UPDATE merchant_subscriptions
   SET version = version + 1, period_start = period_end,
       period_end = strftime('%Y-%m-%d %H:%M:%f000', period_end, '+1 month')
 WHERE status IN ('active', 'past_due') AND billing_source IN ('manual', 'comp')
   AND period_end <= '2026-05-15 12:00:00' AND cancel_at IS NULL;
INSERT INTO usage_counters (merchant_id, platform_id, feature_code, window_start, used)
SELECT merchant_id, platform_id, 'max_orders_per_month',
       strftime('%Y-%m-%d %H:%M:%f000', usage_anchor, '+1 month'), 0
  FROM merchant_subscriptions AS held
 WHERE status NOT IN ('cancelled', 'expired') AND NOT EXISTS (
       SELECT 1 FROM usage_counters AS counter
        WHERE counter.merchant_id = held.merchant_id AND counter.platform_id = held.platform_id
          AND feature_code = 'max_orders_per_month' AND window_start > '2026-04-17 12:00:00')
"""

# In each of these, what ends is told of before it is written, as the jobs do it.
END_PLANS = """
CREATE TEMPORARY TABLE ending AS
SELECT *, 'cancelled' AS new_status, cancel_at AS at FROM merchant_subscriptions
 WHERE status IN ('active', 'past_due') AND billing_source IN ('manual', 'comp')
   AND cancel_at <= '2026-05-15 12:00:00'
"""
END_TRIALS = """
DROP TABLE ending;
CREATE TEMPORARY TABLE ending AS
SELECT *, 'expired' AS new_status, trial_ends_at AS at FROM merchant_subscriptions
 WHERE status = 'trial' AND stripe_subscription_id IS NULL AND NOT has_payment_method
   AND trial_ends_at <= '2026-05-15 12:00:00'
"""
END = """
INSERT INTO subscription_changes (subscription_id, merchant_id, platform_id, at, cause, before,
                                  after, arr_cents_before, arr_cents_after)
SELECT id, merchant_id, platform_id, '2026-05-15 12:00:00.000000', 'bench',
       json_object('tier_id', tier_id, 'status', status, 'billing_source', billing_source,
                   'is_annual', is_annual, 'unit_amount_cents', unit_amount_cents,
                   'discount_cents', discount_cents),
       json_object('tier_id', tier_id, 'status', new_status, 'billing_source', billing_source,
                   'is_annual', is_annual, 'unit_amount_cents', unit_amount_cents,
                   'discount_cents', discount_cents),
       arr_cents, 0
  FROM ending;
INSERT INTO audit_entries (at, actor, action, target_type, target_id, platform_id, merchant_id,
                           before, after)
SELECT '2026-05-15 12:00:00.000000', 'job', 'subscription.ended', 'subscription', id, platform_id,
       merchant_id, json_object('status', status), json_object('status', new_status)
  FROM ending;
INSERT INTO subscription_tallies (platform_id, figure, tier_id, status, billing_source, amount,
                                  paying, arr_cents)
SELECT platform_id, 'subscription', tier_id, status, billing_source, -count(*),
       -count(*) FILTER (WHERE arr_cents > 0), -sum(arr_cents)
  FROM ending GROUP BY platform_id, tier_id, status, billing_source;
INSERT INTO subscription_tallies (platform_id, figure, tier_id, status, billing_source, amount,
                                  paying, arr_cents)
SELECT platform_id, 'subscription', tier_id, new_status, billing_source, count(*), 0, 0
  FROM ending GROUP BY platform_id, tier_id, new_status, billing_source;
INSERT INTO subscription_tallies (platform_id, figure, day, amount, paying, arr_cents)
SELECT platform_id, CASE status WHEN 'trial' THEN 'trial_ended' ELSE 'ended' END, '2026-05-15',
       count(*), 0, 0
  FROM ending GROUP BY platform_id, status;
INSERT INTO entitlement_epochs (merchant_id, platform_id, epoch, changed_at)
SELECT merchant_id, platform_id, 1, '2026-05-15 12:00:00.000000' FROM ending;
UPDATE merchant_subscriptions
   SET version = merchant_subscriptions.version + 1, status = new_status, cancelled_at = at,
       cancel_at = NULL, arr_cents = 0
  FROM ending WHERE ending.id = merchant_subscriptions.id
"""
KEEP_MESSAGES = "CREATE TABLE bench_outbox AS SELECT * FROM outbox_messages"
PUT_MESSAGES = "INSERT INTO outbox_messages SELECT * FROM bench_outbox"

BARE = (
    f"{TURN_PERIODS};{END_PLANS};{END}",
    f"{END_TRIALS};{END}",
    PUT_MESSAGES,
)

# What there is in the end, in sums that any difference would change.
REACHED = """
SELECT count(*), sum(version), sum(arr_cents), count(cancel_at), min(cancelled_at),
       max(cancelled_at), min(period_start), max(period_start), min(period_end), max(period_end),
       sum(CASE status WHEN 'expired' THEN 1 WHEN 'cancelled' THEN 100000 ELSE 0 END)
  FROM merchant_subscriptions;
SELECT count(*), sum(used), count(DISTINCT window_start), max(window_start) FROM usage_counters;
SELECT count(*), sum(subscription_id), sum(arr_cents_before), sum(arr_cents_after)
  FROM subscription_changes;
SELECT figure, status, sum(amount), sum(paying), sum(arr_cents)
  FROM subscription_tallies GROUP BY figure, status ORDER BY figure, status;
SELECT count(*), sum(target_id), count(after) FROM audit_entries;
SELECT count(*), sum(merchant_id), sum(epoch) FROM entitlement_epochs;
SELECT count(*), sum(length(CAST(payload AS text))) FROM outbox_messages
"""
