"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

from app.kit.models import BigInt, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_clock",
        sa.Column("id", BigInt, autoincrement=False, nullable=False),
        sa.Column("offset_s", BigInt, nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_clock")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("target_type", sa.String(), nullable=False),
        sa.Column("target_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=True),
        sa.Column("merchant_id", BigInt, nullable=True),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_entries_merchant", ["merchant_id", "id"], unique=False)
        batch_op.create_index("ix_audit_entries_platform", ["platform_id", "id"], unique=False)
        batch_op.create_index("ix_audit_entries_target", ["target_type", "target_id"], unique=False)

    op.create_table(
        "capacity_forecasts",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("steps", Json, nullable=False),
        sa.Column("accuracy", Json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_forecasts")),
        sa.UniqueConstraint("scope", "metric", name=op.f("uq_capacity_forecasts_scope_metric")),
    )
    op.create_table(
        "clock_moves",
        sa.Column("id", BigInt, autoincrement=False, nullable=False),
        sa.Column("target", UtcDateTime(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("claim", BigInt, nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_moves")),
    )
    op.create_table(
        "entitlement_epochs",
        sa.Column("merchant_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("platform_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("epoch", BigInt, nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", "platform_id", name=op.f("pk_entitlement_epochs")),
    )
    with op.batch_alter_table("entitlement_epochs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entitlement_epochs_changed_at"), ["changed_at"], unique=False
        )

    op.create_table(
        "idempotency_records",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("scope_hash", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("status", BigInt, nullable=True),
        sa.Column("headers", Json, nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_records")),
        sa.UniqueConstraint("scope_hash", name=op.f("uq_idempotency_records_scope_hash")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("slot", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("available_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("failures", BigInt, nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("cursor", Json, nullable=True),
        sa.Column("counts", Json, nullable=False),
        sa.Column("error", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint("name", "slot", name=op.f("uq_job_runs_name_slot")),
    )
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.create_index("ix_job_runs_status_slot", ["status", "slot"], unique=False)

    op.create_table(
        "job_schedules",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("planned_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_schedules")),
    )
    op.create_table(
        "kept_mails",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_mails")),
    )
    with op.batch_alter_table("kept_mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_mails_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_mails_to"), ["to"], unique=False)

    op.create_table(
        "operator_alerts",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("platform_id", BigInt, nullable=True),
        sa.Column("merchant_id", BigInt, nullable=True),
        sa.Column("details", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_alerts")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_operator_alerts_kind_key")),
    )
    with op.batch_alter_table("operator_alerts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_operator_alerts_merchant_id"), ["merchant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_operator_alerts_platform_id"), ["platform_id"], unique=False
        )

    op.create_table(
        "outbox_messages",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("available_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=2000), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("kind", "dedupe_key", name=op.f("uq_outbox_messages_kind_dedupe_key")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_messages_status_available_at", ["status", "available_at"], unique=False
        )

    op.create_table(
        "platforms",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platforms")),
        sa.UniqueConstraint("code", name=op.f("uq_platforms_code")),
    )
    op.create_table(
        "stripe_account",
        sa.Column("id", BigInt, autoincrement=False, nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("portal_configuration_id", sa.String(), nullable=True),
        sa.Column("webhook_endpoint_id", sa.String(), nullable=True),
        sa.Column("set_up_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_account")),
    )
    op.create_table(
        "stripe_reconciliations",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("checked", BigInt, nullable=False),
        sa.Column("drifted", BigInt, nullable=False),
        sa.Column("repaired", BigInt, nullable=False),
        sa.Column("missing", BigInt, nullable=False),
        sa.Column("failed", BigInt, nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("drift", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_reconciliations")),
    )
    op.create_table(
        "stripe_syncs",
        sa.Column("stripe_subscription_id", sa.String(), nullable=False),
        sa.Column("wanted", BigInt, nullable=False),
        sa.Column("done", BigInt, nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("claim", BigInt, nullable=False),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("available_at", UtcDateTime(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("stripe_subscription_id", name=op.f("pk_stripe_syncs")),
    )
    with op.batch_alter_table("stripe_syncs", schema=None) as batch_op:
        batch_op.create_index("ix_stripe_syncs_available_at", ["available_at"], unique=False)

    op.create_table(
        "stripe_webhook_events",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("api_version", sa.String(), nullable=True),
        sa.Column("stripe_created_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("error_message", sa.String(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("processed_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("payload", Json, nullable=True),
        sa.Column("merchant_id", BigInt, nullable=True),
        sa.Column("platform_id", BigInt, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_webhook_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_stripe_webhook_events_event_id")),
    )
    with op.batch_alter_table("stripe_webhook_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stripe_webhook_events_event_type"), ["event_type"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stripe_webhook_events_merchant_id"), ["merchant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_stripe_webhook_events_platform_id"), ["platform_id"], unique=False
        )
        batch_op.create_index("ix_stripe_webhook_events_status", ["status", "id"], unique=False)

    op.create_table(
        "subscription_tallies",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("tier_id", BigInt, nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("billing_source", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("amount", BigInt, nullable=False),
        sa.Column("paying", BigInt, nullable=False),
        sa.Column("arr_cents", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_tallies")),
    )
    with op.batch_alter_table("subscription_tallies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subscription_tallies_platform", ["platform_id", "day"], unique=False
        )

    op.create_table(
        "usage_alerts",
        sa.Column("merchant_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("platform_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("feature_code", sa.String(), nullable=False),
        sa.Column("window_start", UtcDateTime(), nullable=False),
        sa.Column("limit_value", BigInt, nullable=False),
        sa.Column("threshold", BigInt, nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "merchant_id",
            "platform_id",
            "feature_code",
            "window_start",
            "limit_value",
            "threshold",
            name=op.f("pk_usage_alerts"),
        ),
    )
    with op.batch_alter_table("usage_alerts", schema=None) as batch_op:
        batch_op.create_index("ix_usage_alerts_window_start", ["window_start"], unique=False)

    op.create_table(
        "usage_counters",
        sa.Column("merchant_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("platform_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("feature_code", sa.String(), nullable=False),
        sa.Column("window_start", UtcDateTime(), nullable=False),
        sa.Column("used", BigInt, nullable=False),
        sa.PrimaryKeyConstraint(
            "merchant_id",
            "platform_id",
            "feature_code",
            "window_start",
            name=op.f("pk_usage_counters"),
        ),
    )
    with op.batch_alter_table("usage_counters", schema=None) as batch_op:
        batch_op.create_index("ix_usage_counters_window_start", ["window_start"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_verified_at", UtcDateTime(), nullable=True),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("user_type", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_user_type"), ["user_type"], unique=False)

    op.create_table(
        "addon_products",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_i18n", Json, nullable=False),
        sa.Column("description_i18n", Json, nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("price_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("billing_period", sa.String(), nullable=False),
        sa.Column("quantity", BigInt, nullable=False),
        sa.Column("grants", Json, nullable=False),
        sa.Column("stripe_product_id", sa.String(), nullable=True),
        sa.Column("stripe_price_id", sa.String(), nullable=True),
        sa.Column("display_order", BigInt, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_addon_products_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addon_products")),
        sa.UniqueConstraint("platform_id", "code", name=op.f("uq_addon_products_platform_id_code")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("user_id", BigInt, nullable=True),
        sa.Column("platform_id", BigInt, nullable=True),
        sa.Column("created_by_user_id", BigInt, nullable=True),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_api_tokens_platform_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_api_tokens_platform_id"), ["platform_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_api_tokens_user_id"), ["user_id"], unique=False)

    op.create_table(
        "capacity_snapshots",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("platform_id", BigInt, nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("merchants", BigInt, nullable=False),
        sa.Column("stores", BigInt, nullable=False),
        sa.Column("active_clients", BigInt, nullable=False),
        sa.Column("subscriptions", BigInt, nullable=False),
        sa.Column("subscriptions_by_tier", Json, nullable=False),
        sa.Column("subscriptions_by_status", Json, nullable=False),
        sa.Column("products", BigInt, nullable=False),
        sa.Column("orders_30d", BigInt, nullable=False),
        sa.Column("team_members", BigInt, nullable=False),
        sa.Column("limits", Json, nullable=False),
        sa.Column("storage_bytes", BigInt, nullable=False),
        sa.Column("storage_files", BigInt, nullable=False),
        sa.Column("database_bytes", BigInt, nullable=False),
        sa.Column("arr_cents", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_capacity_snapshots_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_snapshots")),
        sa.UniqueConstraint("scope", "day", name=op.f("uq_capacity_snapshots_scope_day")),
    )
    with op.batch_alter_table("capacity_snapshots", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_capacity_snapshots_platform_id"), ["platform_id"], unique=False
        )

    op.create_table(
        "merchants",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_user_id", BigInt, nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("address_line", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("vat_number", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["users.id"], name=op.f("fk_merchants_owner_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchants")),
    )
    with op.batch_alter_table("merchants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merchants_name"), ["name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_merchants_owner_user_id"), ["owner_user_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_merchants_vat_number"), ["vat_number"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_one_time_links_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_one_time_links_user_id"), ["user_id"], unique=False)

    op.create_table(
        "platform_admins",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("granted", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_platform_admins_platform_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_platform_admins_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_admins")),
        sa.UniqueConstraint(
            "user_id", "platform_id", name=op.f("uq_platform_admins_user_id_platform_id")
        ),
    )
    with op.batch_alter_table("platform_admins", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_platform_admins_platform_id"), ["platform_id"], unique=False
        )

    op.create_table(
        "shipped_items",
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_shipped_items_platform_id")
        ),
        sa.PrimaryKeyConstraint("platform_id", "kind", "code", name=op.f("pk_shipped_items")),
    )
    op.create_table(
        "subscription_tiers",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("rank", BigInt, nullable=False),
        sa.Column("name_i18n", Json, nullable=False),
        sa.Column("description_i18n", Json, nullable=False),
        sa.Column("price_monthly_cents", BigInt, nullable=False),
        sa.Column("price_annual_cents", BigInt, nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stripe_product_id", sa.String(), nullable=True),
        sa.Column("stripe_price_monthly_id", sa.String(), nullable=True),
        sa.Column("stripe_price_annual_id", sa.String(), nullable=True),
        sa.Column("display_order", BigInt, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_subscription_tiers_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_tiers")),
        sa.UniqueConstraint(
            "platform_id", "code", name=op.f("uq_subscription_tiers_platform_id_code")
        ),
    )
    with op.batch_alter_table("subscription_tiers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscription_tiers_code"), ["code"], unique=False)

    op.create_table(
        "media_spaces",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("byte_size", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_media_spaces_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_media_spaces_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_spaces")),
        sa.UniqueConstraint(
            "merchant_id", "platform_id", name=op.f("uq_media_spaces_merchant_id_platform_id")
        ),
    )
    op.create_table(
        "merchant_feature_overrides",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("feature_code", sa.String(), nullable=False),
        sa.Column("limit_value", BigInt, nullable=True),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id"],
            ["merchants.id"],
            name=op.f("fk_merchant_feature_overrides_merchant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"],
            ["platforms.id"],
            name=op.f("fk_merchant_feature_overrides_platform_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_feature_overrides")),
        sa.UniqueConstraint(
            "merchant_id",
            "platform_id",
            "feature_code",
            name=op.f("uq_merchant_feature_overrides_merchant_id_platform_id_feature_code"),
        ),
    )
    with op.batch_alter_table("merchant_feature_overrides", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_merchant_feature_overrides_platform_id"), ["platform_id"], unique=False
        )

    op.create_table(
        "merchant_subscriptions",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("tier_id", BigInt, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("billing_source", sa.String(), nullable=False),
        sa.Column("is_annual", sa.Boolean(), nullable=False),
        sa.Column("period_start", UtcDateTime(), nullable=False),
        sa.Column("period_end", UtcDateTime(), nullable=False),
        sa.Column("usage_anchor", UtcDateTime(), nullable=False),
        sa.Column("trial_ends_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancellation_reason", sa.String(), nullable=True),
        sa.Column("pending_tier_id", BigInt, nullable=True),
        sa.Column("pending_is_annual", sa.Boolean(), nullable=True),
        sa.Column("pending_effective_at", UtcDateTime(), nullable=True),
        sa.Column("stripe_price_id", sa.String(), nullable=True),
        sa.Column("unit_amount_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("discount_cents", BigInt, nullable=False),
        sa.Column("arr_cents", BigInt, nullable=False),
        sa.Column("stripe_customer_id", sa.String(), nullable=True),
        sa.Column("stripe_subscription_id", sa.String(), nullable=True),
        sa.Column("stripe_schedule_id", sa.String(), nullable=True),
        sa.Column("has_payment_method", sa.Boolean(), nullable=False),
        sa.Column("payment_retry_count", BigInt, nullable=False),
        sa.Column("past_due_since", UtcDateTime(), nullable=True),
        sa.Column("grace_until", UtcDateTime(), nullable=True),
        sa.Column("last_payment_error", sa.String(), nullable=True),
        sa.Column("missing_at_stripe_at", UtcDateTime(), nullable=True),
        sa.Column("stripe_synced_at", UtcDateTime(), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_merchant_subscriptions_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["pending_tier_id"],
            ["subscription_tiers.id"],
            name=op.f("fk_merchant_subscriptions_pending_tier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_merchant_subscriptions_platform_id")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["subscription_tiers.id"], name=op.f("fk_merchant_subscriptions_tier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_subscriptions")),
        sa.UniqueConstraint(
            "merchant_id",
            "platform_id",
            name=op.f("uq_merchant_subscriptions_merchant_id_platform_id"),
        ),
        sa.UniqueConstraint(
            "stripe_customer_id", name=op.f("uq_merchant_subscriptions_stripe_customer_id")
        ),
        sa.UniqueConstraint(
            "stripe_subscription_id", name=op.f("uq_merchant_subscriptions_stripe_subscription_id")
        ),
    )
    with op.batch_alter_table("merchant_subscriptions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_merchant_subscriptions_period", ["period_end", "id"], unique=False
        )
        batch_op.create_index(
            "ix_merchant_subscriptions_platform_status", ["platform_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_merchant_subscriptions_status_period", ["status", "period_end", "id"], unique=False
        )
        batch_op.create_index(
            "ix_merchant_subscriptions_tier_period", ["tier_id", "period_end", "id"], unique=False
        )

    op.create_table(
        "platform_billing",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("default_tier_id", BigInt, nullable=True),
        sa.Column("free_tier_id", BigInt, nullable=True),
        sa.Column("inbound_after_expiry", sa.String(), nullable=False),
        sa.Column("luxembourgish_as", sa.String(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["default_tier_id"],
            ["subscription_tiers.id"],
            name=op.f("fk_platform_billing_default_tier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["free_tier_id"],
            ["subscription_tiers.id"],
            name=op.f("fk_platform_billing_free_tier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_platform_billing_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_billing")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_platform_billing_platform_id")),
    )
    op.create_table(
        "stores",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("subdomain", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("logo_media_id", BigInt, nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_stores_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_stores_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stores")),
        sa.UniqueConstraint("code", name=op.f("uq_stores_code")),
        sa.UniqueConstraint("subdomain", name=op.f("uq_stores_subdomain")),
    )
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stores_logo_media_id"), ["logo_media_id"], unique=False
        )
        batch_op.create_index(
            "ix_stores_merchant_platform", ["merchant_id", "platform_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stores_name"), ["name"], unique=False)
        batch_op.create_index("ix_stores_platform", ["platform_id", "id"], unique=False)

    op.create_table(
        "team_seats",
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_team_seats_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_team_seats_platform_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_team_seats_user_id")),
        sa.PrimaryKeyConstraint(
            "merchant_id", "platform_id", "user_id", name=op.f("pk_team_seats")
        ),
    )
    with op.batch_alter_table("team_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_seats_user_id"), ["user_id"], unique=False)

    op.create_table(
        "tier_feature_limits",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("tier_id", BigInt, nullable=False),
        sa.Column("feature_code", sa.String(), nullable=False),
        sa.Column("limit_value", BigInt, nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["subscription_tiers.id"],
            name=op.f("fk_tier_feature_limits_tier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_feature_limits")),
        sa.UniqueConstraint(
            "tier_id", "feature_code", name=op.f("uq_tier_feature_limits_tier_id_feature_code")
        ),
    )
    op.create_table(
        "tier_prices",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("tier_id", BigInt, nullable=False),
        sa.Column("interval", sa.String(), nullable=False),
        sa.Column("amount_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stripe_price_id", sa.String(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["subscription_tiers.id"],
            name=op.f("fk_tier_prices_tier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_prices")),
        sa.UniqueConstraint("stripe_price_id", name=op.f("uq_tier_prices_stripe_price_id")),
    )
    with op.batch_alter_table("tier_prices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tier_prices_tier_id"), ["tier_id"], unique=False)

    op.create_table(
        "user_sessions",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.Column("viewing_merchant_id", BigInt, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["viewing_merchant_id"],
            ["merchants.id"],
            name=op.f("fk_user_sessions_viewing_merchant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_sessions_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_user_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "billing_history",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("stripe_invoice_id", sa.String(), nullable=True),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=True),
        sa.Column("stripe_subscription_id", sa.String(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("invoice_date", UtcDateTime(), nullable=False),
        sa.Column("due_date", UtcDateTime(), nullable=True),
        sa.Column("subtotal_cents", BigInt, nullable=False),
        sa.Column("tax_cents", BigInt, nullable=False),
        sa.Column("tax_by_rate", Json, nullable=False),
        sa.Column("reverse_charge", sa.Boolean(), nullable=False),
        sa.Column("total_cents", BigInt, nullable=False),
        sa.Column("amount_paid_cents", BigInt, nullable=False),
        sa.Column("refunded_cents", BigInt, nullable=False),
        sa.Column("disputed_at", UtcDateTime(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempt_count", BigInt, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("buyer_name", sa.String(), nullable=True),
        sa.Column("buyer_address", Json, nullable=True),
        sa.Column("buyer_vat_id", sa.String(), nullable=True),
        sa.Column("lines", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_billing_history_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_billing_history_platform_id")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["stores.id"], name=op.f("fk_billing_history_store_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_history")),
        sa.UniqueConstraint("stripe_invoice_id", name=op.f("uq_billing_history_stripe_invoice_id")),
    )
    with op.batch_alter_table("billing_history", schema=None) as batch_op:
        batch_op.create_index(
            "ix_billing_history_merchant",
            ["merchant_id", "platform_id", "invoice_date"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_billing_history_stripe_subscription_id"),
            ["stripe_subscription_id"],
            unique=False,
        )

    op.create_table(
        "checkout_intents",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("tier_id", BigInt, nullable=True),
        sa.Column("is_annual", sa.Boolean(), nullable=False),
        sa.Column("addon_product_id", BigInt, nullable=True),
        sa.Column("domain_name", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("session_url", sa.String(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["addon_product_id"],
            ["addon_products.id"],
            name=op.f("fk_checkout_intents_addon_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_checkout_intents_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_checkout_intents_platform_id")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["stores.id"], name=op.f("fk_checkout_intents_store_id")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["subscription_tiers.id"], name=op.f("fk_checkout_intents_tier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkout_intents")),
        sa.UniqueConstraint("session_id", name=op.f("uq_checkout_intents_session_id")),
    )
    with op.batch_alter_table("checkout_intents", schema=None) as batch_op:
        batch_op.create_index(
            "uq_checkout_intents_domain_name",
            ["domain_name"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(
            "uq_checkout_intents_merchant_id_platform_id_subject",
            ["merchant_id", "platform_id", "subject"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.create_table(
        "media_files",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("byte_size", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_media_files_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_media_files_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_media_files_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_files")),
        sa.UniqueConstraint(
            "merchant_id",
            "store_id",
            "content_hash",
            name=op.f("uq_media_files_merchant_id_store_id_content_hash"),
        ),
    )
    with op.batch_alter_table("media_files", schema=None) as batch_op:
        batch_op.create_index(
            "ix_media_files_created_at",
            ["merchant_id", "store_id", "created_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_media_files_folder",
            ["merchant_id", "store_id", "folder", "created_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_media_files_name", ["merchant_id", "store_id", "name", "id"], unique=False
        )
        batch_op.create_index(
            "ix_media_files_platform", ["platform_id", "merchant_id", "byte_size"], unique=False
        )

    op.create_table(
        "media_totals",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("files", BigInt, nullable=False),
        sa.Column("objects", BigInt, nullable=False),
        sa.Column("byte_size", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_media_totals_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_media_totals_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_media_totals_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_totals")),
        sa.UniqueConstraint(
            "merchant_id",
            "store_id",
            "folder",
            "kind",
            name=op.f("uq_media_totals_merchant_id_store_id_folder_kind"),
        ),
    )
    with op.batch_alter_table("media_totals", schema=None) as batch_op:
        batch_op.create_index("ix_media_totals_platform", ["platform_id", "store_id"], unique=False)

    op.create_table(
        "order_numbers",
        sa.Column("store_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("last", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["store_id"], ["stores.id"], name=op.f("fk_order_numbers_store_id")
        ),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_order_numbers")),
    )
    op.create_table(
        "orders",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("customer_email", sa.String(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("total_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("accepted_while_restricted", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_orders_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_orders_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_orders_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(
            "ix_orders_created_at", ["merchant_id", "store_id", "created_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_orders_customer", ["merchant_id", "store_id", "customer_name", "id"], unique=False
        )
        batch_op.create_index(
            "ix_orders_merchant_platform",
            ["merchant_id", "platform_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_orders_total", ["merchant_id", "store_id", "total_cents", "id"], unique=False
        )
        batch_op.create_index(
            "uq_orders_merchant_id_external_id",
            ["merchant_id", "store_id", "external_id"],
            unique=True,
        )
        batch_op.create_index(
            "uq_orders_merchant_id_number", ["merchant_id", "store_id", "number"], unique=True
        )

    op.create_table(
        "products",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("price_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("image_media_ids", Json, nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_with_store", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_products_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_products_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_products_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(
            "ix_products_created_at",
            ["merchant_id", "store_id", "created_at", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_products_deleted",
            ["merchant_id", "store_id", "deleted_at", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_products_name",
            ["merchant_id", "store_id", "name", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_products_platform",
            ["merchant_id", "platform_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_products_price",
            ["merchant_id", "store_id", "price_cents", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_products_merchant_id_store_id_sku",
            ["merchant_id", "store_id", "sku"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "store_addons",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("addon_product_id", BigInt, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("fulfilment", sa.String(), nullable=False),
        sa.Column("domain_name", sa.String(), nullable=True),
        sa.Column("stripe_subscription_id", sa.String(), nullable=True),
        sa.Column("stripe_price_id", sa.String(), nullable=True),
        sa.Column("unit_amount_cents", BigInt, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("arr_cents", BigInt, nullable=False),
        sa.Column("period_start", UtcDateTime(), nullable=True),
        sa.Column("period_end", UtcDateTime(), nullable=True),
        sa.Column("purchased_at", UtcDateTime(), nullable=False),
        sa.Column("cancel_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("stopped_with_plan", sa.Boolean(), nullable=False),
        sa.Column("pending_product_id", BigInt, nullable=True),
        sa.Column("pending_effective_at", UtcDateTime(), nullable=True),
        sa.Column("stripe_schedule_id", sa.String(), nullable=True),
        sa.Column("past_due_since", UtcDateTime(), nullable=True),
        sa.Column("payment_retry_count", BigInt, nullable=False),
        sa.Column("last_payment_error", sa.String(), nullable=True),
        sa.Column("stripe_synced_at", UtcDateTime(), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["addon_product_id"],
            ["addon_products.id"],
            name=op.f("fk_store_addons_addon_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_store_addons_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["pending_product_id"],
            ["addon_products.id"],
            name=op.f("fk_store_addons_pending_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_store_addons_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_store_addons_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_addons")),
        sa.UniqueConstraint(
            "stripe_subscription_id", name=op.f("uq_store_addons_stripe_subscription_id")
        ),
    )
    with op.batch_alter_table("store_addons", schema=None) as batch_op:
        batch_op.create_index(
            "ix_store_addons_fulfilment", ["fulfilment", "platform_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_store_addons_merchant", ["merchant_id", "platform_id", "store_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_store_addons_store_id"), ["store_id"], unique=False)
        batch_op.create_index(
            "uq_store_addons_domain_name",
            ["domain_name"],
            unique=True,
            sqlite_where=sa.text(
                "status IN ('active', 'past_due', 'unpaid') AND fulfilment <> 'failed'"
            ),
            postgresql_where=sa.text(
                "status IN ('active', 'past_due', 'unpaid') AND fulfilment <> 'failed'"
            ),
        )

    op.create_table(
        "store_users",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("invited_by_user_id", BigInt, nullable=True),
        sa.Column("invitation_hash", sa.String(), nullable=True),
        sa.Column("invitation_expires_at", UtcDateTime(), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_store_users_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_store_users_platform_id")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_store_users_store_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_store_users_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_users")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_store_users_invitation_hash")),
    )
    with op.batch_alter_table("store_users", schema=None) as batch_op:
        batch_op.create_index(
            "ix_store_users_merchant_platform",
            ["merchant_id", "platform_id", "user_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_store_users_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_store_users_store_id_user_id", ["store_id", "user_id"], unique=True
        )

    op.create_table(
        "subscription_changes",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("subscription_id", BigInt, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=False),
        sa.Column("arr_cents_before", BigInt, nullable=False),
        sa.Column("arr_cents_after", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["merchant_subscriptions.id"],
            name=op.f("fk_subscription_changes_subscription_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_changes")),
    )
    with op.batch_alter_table("subscription_changes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subscription_changes_merchant", ["merchant_id", "platform_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_subscription_changes_platform_at", ["platform_id", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_subscription_changes_subscription_id"), ["subscription_id"], unique=False
        )

    op.create_table(
        "webhook_endpoints",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("store_id", BigInt, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("secret_seed", sa.String(), nullable=False),
        sa.Column("former_seed", sa.String(), nullable=True),
        sa.Column("former_until", UtcDateTime(), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_webhook_endpoints_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_webhook_endpoints_platform_id")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["stores.id"], name=op.f("fk_webhook_endpoints_store_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoints")),
    )
    with op.batch_alter_table("webhook_endpoints", schema=None) as batch_op:
        batch_op.create_index(
            "ix_webhook_endpoints_merchant", ["merchant_id", "platform_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_webhook_endpoints_store_id"), ["store_id"], unique=False
        )

    op.create_table(
        "addon_changes",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("store_addon_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("arr_cents_before", BigInt, nullable=False),
        sa.Column("arr_cents_after", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["store_addon_id"], ["store_addons.id"], name=op.f("fk_addon_changes_store_addon_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addon_changes")),
    )
    with op.batch_alter_table("addon_changes", schema=None) as batch_op:
        batch_op.create_index("ix_addon_changes_platform_at", ["platform_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_addon_changes_store_addon_id"), ["store_addon_id"], unique=False
        )

    op.create_table(
        "media_objects",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("media_id", BigInt, nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("width", BigInt, nullable=True),
        sa.Column("height", BigInt, nullable=True),
        sa.Column("byte_size", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_files.id"], name=op.f("fk_media_objects_media_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_objects")),
        sa.UniqueConstraint("key", name=op.f("uq_media_objects_key")),
        sa.UniqueConstraint("media_id", "variant", name=op.f("uq_media_objects_media_id_variant")),
    )
    op.create_table(
        "product_images",
        sa.Column("product_id", BigInt, nullable=False),
        sa.Column("media_id", BigInt, nullable=False),
        sa.Column("position", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media_files.id"], name=op.f("fk_product_images_media_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_product_images_product_id")
        ),
        sa.PrimaryKeyConstraint("product_id", "media_id", name=op.f("pk_product_images")),
    )
    with op.batch_alter_table("product_images", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_images_media_id"), ["media_id"], unique=False)

    op.create_table(
        "webhook_deliveries",
        sa.Column("id", BigInt, autoincrement=True, nullable=False),
        sa.Column("merchant_id", BigInt, nullable=False),
        sa.Column("platform_id", BigInt, nullable=False),
        sa.Column("endpoint_id", BigInt, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("response_status", BigInt, nullable=True),
        sa.Column("duration_ms", BigInt, nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("attempted_at", UtcDateTime(), nullable=True),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoints.id"],
            name=op.f("fk_webhook_deliveries_endpoint_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_webhook_deliveries_merchant_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("fk_webhook_deliveries_platform_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint(
            "endpoint_id", "event_key", name=op.f("uq_webhook_deliveries_endpoint_id_event_key")
        ),
    )
    with op.batch_alter_table("webhook_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_webhook_deliveries_created_at", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_webhook_deliveries_merchant", ["merchant_id", "platform_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("webhook_deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_webhook_deliveries_merchant")
        batch_op.drop_index("ix_webhook_deliveries_created_at")

    op.drop_table("webhook_deliveries")
    with op.batch_alter_table("product_images", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_images_media_id"))

    op.drop_table("product_images")
    op.drop_table("media_objects")
    with op.batch_alter_table("addon_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addon_changes_store_addon_id"))
        batch_op.drop_index("ix_addon_changes_platform_at")

    op.drop_table("addon_changes")
    with op.batch_alter_table("webhook_endpoints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_endpoints_store_id"))
        batch_op.drop_index("ix_webhook_endpoints_merchant")

    op.drop_table("webhook_endpoints")
    with op.batch_alter_table("subscription_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_changes_subscription_id"))
        batch_op.drop_index("ix_subscription_changes_platform_at")
        batch_op.drop_index("ix_subscription_changes_merchant")

    op.drop_table("subscription_changes")
    with op.batch_alter_table("store_users", schema=None) as batch_op:
        batch_op.drop_index("uq_store_users_store_id_user_id")
        batch_op.drop_index(batch_op.f("ix_store_users_user_id"))
        batch_op.drop_index("ix_store_users_merchant_platform")

    op.drop_table("store_users")
    with op.batch_alter_table("store_addons", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_store_addons_domain_name",
            sqlite_where=sa.text(
                "status IN ('active', 'past_due', 'unpaid') AND fulfilment <> 'failed'"
            ),
            postgresql_where=sa.text(
                "status IN ('active', 'past_due', 'unpaid') AND fulfilment <> 'failed'"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_store_addons_store_id"))
        batch_op.drop_index("ix_store_addons_merchant")
        batch_op.drop_index("ix_store_addons_fulfilment")

    op.drop_table("store_addons")
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_products_merchant_id_store_id_sku",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_products_price",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_products_platform",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_products_name",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_products_deleted",
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_products_created_at",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.drop_table("products")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("uq_orders_merchant_id_number")
        batch_op.drop_index("uq_orders_merchant_id_external_id")
        batch_op.drop_index("ix_orders_total")
        batch_op.drop_index("ix_orders_merchant_platform")
        batch_op.drop_index("ix_orders_customer")
        batch_op.drop_index("ix_orders_created_at")

    op.drop_table("orders")
    op.drop_table("order_numbers")
    with op.batch_alter_table("media_totals", schema=None) as batch_op:
        batch_op.drop_index("ix_media_totals_platform")

    op.drop_table("media_totals")
    with op.batch_alter_table("media_files", schema=None) as batch_op:
        batch_op.drop_index("ix_media_files_platform")
        batch_op.drop_index("ix_media_files_name")
        batch_op.drop_index("ix_media_files_folder")
        batch_op.drop_index("ix_media_files_created_at")

    op.drop_table("media_files")
    with op.batch_alter_table("checkout_intents", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_checkout_intents_merchant_id_platform_id_subject",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(
            "uq_checkout_intents_domain_name",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.drop_table("checkout_intents")
    with op.batch_alter_table("billing_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_billing_history_stripe_subscription_id"))
        batch_op.drop_index("ix_billing_history_merchant")

    op.drop_table("billing_history")
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_sessions_user_id"))
        batch_op.drop_index(batch_op.f("ix_user_sessions_expires_at"))

    op.drop_table("user_sessions")
    with op.batch_alter_table("tier_prices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tier_prices_tier_id"))

    op.drop_table("tier_prices")
    op.drop_table("tier_feature_limits")
    with op.batch_alter_table("team_seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_seats_user_id"))

    op.drop_table("team_seats")
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.drop_index("ix_stores_platform")
        batch_op.drop_index(batch_op.f("ix_stores_name"))
        batch_op.drop_index("ix_stores_merchant_platform")
        batch_op.drop_index(batch_op.f("ix_stores_logo_media_id"))

    op.drop_table("stores")
    op.drop_table("platform_billing")
    with op.batch_alter_table("merchant_subscriptions", schema=None) as batch_op:
        batch_op.drop_index("ix_merchant_subscriptions_tier_period")
        batch_op.drop_index("ix_merchant_subscriptions_status_period")
        batch_op.drop_index("ix_merchant_subscriptions_platform_status")
        batch_op.drop_index("ix_merchant_subscriptions_period")

    op.drop_table("merchant_subscriptions")
    with op.batch_alter_table("merchant_feature_overrides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merchant_feature_overrides_platform_id"))

    op.drop_table("merchant_feature_overrides")
    op.drop_table("media_spaces")
    with op.batch_alter_table("subscription_tiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_tiers_code"))

    op.drop_table("subscription_tiers")
    op.drop_table("shipped_items")
    with op.batch_alter_table("platform_admins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_platform_admins_platform_id"))

    op.drop_table("platform_admins")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_user_id"))
        batch_op.drop_index(batch_op.f("ix_one_time_links_expires_at"))

    op.drop_table("one_time_links")
    with op.batch_alter_table("merchants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merchants_vat_number"))
        batch_op.drop_index(batch_op.f("ix_merchants_owner_user_id"))
        batch_op.drop_index(batch_op.f("ix_merchants_name"))

    op.drop_table("merchants")
    with op.batch_alter_table("capacity_snapshots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capacity_snapshots_platform_id"))

    op.drop_table("capacity_snapshots")
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_tokens_user_id"))
        batch_op.drop_index(batch_op.f("ix_api_tokens_platform_id"))

    op.drop_table("api_tokens")
    op.drop_table("addon_products")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_user_type"))

    op.drop_table("users")
    with op.batch_alter_table("usage_counters", schema=None) as batch_op:
        batch_op.drop_index("ix_usage_counters_window_start")

    op.drop_table("usage_counters")
    with op.batch_alter_table("usage_alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_usage_alerts_window_start")

    op.drop_table("usage_alerts")
    with op.batch_alter_table("subscription_tallies", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_tallies_platform")

    op.drop_table("subscription_tallies")
    with op.batch_alter_table("stripe_webhook_events", schema=None) as batch_op:
        batch_op.drop_index("ix_stripe_webhook_events_status")
        batch_op.drop_index(batch_op.f("ix_stripe_webhook_events_platform_id"))
        batch_op.drop_index(batch_op.f("ix_stripe_webhook_events_merchant_id"))
        batch_op.drop_index(batch_op.f("ix_stripe_webhook_events_event_type"))

    op.drop_table("stripe_webhook_events")
    with op.batch_alter_table("stripe_syncs", schema=None) as batch_op:
        batch_op.drop_index("ix_stripe_syncs_available_at")

    op.drop_table("stripe_syncs")
    op.drop_table("stripe_reconciliations")
    op.drop_table("stripe_account")
    op.drop_table("platforms")
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_messages_status_available_at")

    op.drop_table("outbox_messages")
    with op.batch_alter_table("operator_alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operator_alerts_platform_id"))
        batch_op.drop_index(batch_op.f("ix_operator_alerts_merchant_id"))

    op.drop_table("operator_alerts")
    with op.batch_alter_table("kept_mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_mails_to"))
        batch_op.drop_index(batch_op.f("ix_kept_mails_created_at"))

    op.drop_table("kept_mails")
    op.drop_table("job_schedules")
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_job_runs_status_slot")

    op.drop_table("job_runs")
    op.drop_table("idempotency_records")
    with op.batch_alter_table("entitlement_epochs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entitlement_epochs_changed_at"))

    op.drop_table("entitlement_epochs")
    op.drop_table("clock_moves")
    op.drop_table("capacity_forecasts")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_target")
        batch_op.drop_index("ix_audit_entries_platform")
        batch_op.drop_index("ix_audit_entries_merchant")
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))

    op.drop_table("audit_entries")
    op.drop_table("app_clock")
