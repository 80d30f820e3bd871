"""The Telegram face of the reminders."""
