"""What a message leans on from the turns before it, by subject."""
