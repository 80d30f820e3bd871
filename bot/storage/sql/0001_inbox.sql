-- Updates from Telegram: kept before they are handled, so that a crash loses none.
-- One is pending while handled_at is null; only then does it hold a payload.

CREATE TABLE inbox (
    update_id BIGINT NOT NULL PRIMARY KEY,
    chat_key TEXT NOT NULL,
    payload TEXT,
    attempts INTEGER NOT NULL,
    lease TEXT,
    free_at TIMESTAMPTZ,
    reason TEXT,
    received_at TIMESTAMPTZ NOT NULL,
    handled_at TIMESTAMPTZ
);

CREATE INDEX inbox_pending ON inbox (update_id) WHERE handled_at IS NULL;

CREATE INDEX inbox_pending_of_chat ON inbox (chat_key, update_id) WHERE handled_at IS NULL;

CREATE INDEX inbox_handled ON inbox (handled_at) WHERE handled_at IS NOT NULL;
