-- Thumbs up and down: at most one of a person for a message.

CREATE TABLE votes (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    thumb TEXT NOT NULL,
    outcome TEXT NOT NULL,
    question_key TEXT NOT NULL,
    reason TEXT,
    voted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (chat_id, message_id, user_id)
);

CREATE INDEX votes_voted ON votes (voted_at);

-- Questions the plan does not answer, grouped; nobody's name is kept with them.

CREATE TABLE unanswered (
    question_key TEXT NOT NULL PRIMARY KEY,
    question TEXT NOT NULL,
    asked INTEGER NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    resolved_at TIMESTAMPTZ
);
