"""Reminders: what falls due when, and its delivery whatever happens.

`duties`, `calendar_rules`, `scopes`, `timeline`, `letters` and `changes` are pure; `desk` does
what people ask for, `worker` delivers, and both keep everything in the database.
"""
