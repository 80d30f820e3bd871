-- What the next message of a conversation leans on.

CREATE TABLE contexts (
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    context TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (chat_id, thread_id, user_id)
);

CREATE INDEX contexts_updated ON contexts (updated_at);

-- Which messages of the bot answer which question.

CREATE TABLE answers (
    chat_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    reply_id BIGINT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (chat_id, question_id, reply_id)
);

CREATE INDEX answers_answered ON answers (answered_at);

-- What a button means where that does not fit into the button.

CREATE TABLE buttons (
    button_id TEXT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX buttons_expiry ON buttons (expires_at);
