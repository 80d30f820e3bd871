"""The ranking by meaning: an embedding, what people say for a passage, how sure a choice is."""
