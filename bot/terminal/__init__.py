"""The face in the terminal: replies and records as text, and the chat."""
