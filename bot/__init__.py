"""The application: settings, clock, storage, conversation, command line."""
