"""Plans, import, index, understanding and answers: pure, synchronous, typed."""
