"""From a message to what it asks: its spelling, names, numbers, times and words."""
