"""The Telegram face: thin functions, one file a feature."""
