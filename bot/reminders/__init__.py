"""Reminders: what falls due when, and its delivery whatever happens.

`duties`, `calendar_rules`, `scopes`, `timeline`, `changes` and `notices` are pure. `standing`,
`desk`, `own_desk` and `presses` do what people ask for; `planner` makes due what has come due,
`adoption` follows the plans, and `worker` with its `courier` delivers. The database is the only
schedule: nothing that is to come lives in memory.
"""
