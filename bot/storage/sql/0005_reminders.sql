-- The last number given out for each kind of thing.

CREATE TABLE numbers (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- What a chat is reminded of. The moments follow from the profile (scope, leads, hour, zone, quiet
-- hours), which subscriptions share: due times are kept and made per profile, not per chat.

CREATE TABLE schedules (
    schedule_id BIGINT NOT NULL PRIMARY KEY,
    profile TEXT NOT NULL UNIQUE,
    next_due TIMESTAMPTZ
);

CREATE INDEX schedules_due ON schedules (next_due) WHERE next_due IS NOT NULL;

CREATE TABLE subscriptions (
    subscription_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL,
    scope TEXT NOT NULL,
    leads TEXT,
    hour TEXT,
    schedule_id BIGINT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    paused_at TIMESTAMPTZ,
    UNIQUE (chat_id, thread_id, scope)
);

CREATE INDEX subscriptions_of_schedule ON subscriptions (schedule_id, chat_id, thread_id);

-- Deadlines that a chat set itself.

CREATE TABLE own_deadlines (
    own_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    due_on DATE NOT NULL,
    words TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX own_deadlines_of_chat ON own_deadlines (chat_id);

-- The plans' deadlines as they were last loaded, to see what moves.

CREATE TABLE plan_deadlines (
    deadline_key TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    quote TEXT NOT NULL,
    due_on DATE,
    rrule TEXT
);

-- One reminder to one chat: what it is about, and never a second time.

CREATE TABLE occurrences (
    occurrence_id BIGINT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    deadline_key TEXT NOT NULL,
    due_on DATE NOT NULL,
    lead INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    UNIQUE (deadline_key, due_on, kind, lead, serial, chat_id, thread_id)
);

CREATE INDEX occurrences_of_chat ON occurrences (chat_id, deadline_key, due_on);

CREATE INDEX occurrences_due ON occurrences (due_at);

-- Its delivery. free_at is when it may be taken, while it is leased when the lease ends, and null
-- once it is closed or as long as its chat takes nothing.

CREATE TABLE deliveries (
    occurrence_id BIGINT NOT NULL PRIMARY KEY REFERENCES occurrences ON DELETE CASCADE,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    free_at TIMESTAMPTZ,
    token TEXT,
    attempts INTEGER NOT NULL,
    doubts INTEGER NOT NULL,
    unheard INTEGER NOT NULL,
    message_id BIGINT,
    reason TEXT,
    closed_at TIMESTAMPTZ
);

CREATE INDEX deliveries_free ON deliveries (free_at, chat_id, occurrence_id)
    WHERE free_at IS NOT NULL;

CREATE INDEX deliveries_open_of_chat ON deliveries (chat_id, free_at) WHERE closed_at IS NULL;

-- What a chat said is done, and, apart from it, who said so.

CREATE TABLE completions (
    chat_id BIGINT NOT NULL,
    deadline_key TEXT NOT NULL,
    due_on DATE NOT NULL,
    done_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (chat_id, deadline_key, due_on)
);

CREATE TABLE completers (
    chat_id BIGINT NOT NULL,
    deadline_key TEXT NOT NULL,
    due_on DATE NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (chat_id, deadline_key, due_on)
);

-- The address of a chat's calendar: whoever knows the word may read it.

CREATE TABLE feeds (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    made_at TIMESTAMPTZ NOT NULL
);
