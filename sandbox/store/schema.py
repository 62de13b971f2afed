"""The tables of the sandbox's SQLite file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    customer TEXT,
    subscription TEXT,
    clock TEXT NOT NULL DEFAULT '',
    due_at INTEGER,
    due_rank INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, seq);
CREATE INDEX IF NOT EXISTS object_customer ON object (customer, kind, seq);
CREATE INDEX IF NOT EXISTS object_subscription ON object (subscription, kind, seq);
CREATE INDEX IF NOT EXISTS object_due ON object (clock, due_at, due_rank, seq)
    WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    position REAL NOT NULL,
    state TEXT NOT NULL,
    api_version TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL DEFAULT 0,
    response_status INTEGER,
    last_error TEXT
);
CREATE INDEX IF NOT EXISTS delivery_waiting ON delivery (position) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS delivery_event ON delivery (event_id);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    request_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS idempotency_created ON idempotency (created);
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""
