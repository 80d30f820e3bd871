"""What only administrators can do, in private chats, by commands, buttons and replies."""
