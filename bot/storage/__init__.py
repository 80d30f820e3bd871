"""What the bot keeps: one database, SQLite or PostgreSQL, and a small module for each noun in it.

A repository's functions take the connection of an open transaction, so that several of them can
stand or fall together: `async with database.write() as connection: await votes.cast(...)`.
"""
