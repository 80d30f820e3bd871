-- What a chat has chosen; null is the default.

CREATE TABLE chats (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    timezone TEXT,
    leads TEXT,
    hour TEXT,
    quiet TEXT,
    digests TEXT,
    paused TEXT,
    updated_at TIMESTAMPTZ NOT NULL
);
