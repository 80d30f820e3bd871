"""Replies, one module a kind: refusals, whole-plan lists, places, and quoted content."""
