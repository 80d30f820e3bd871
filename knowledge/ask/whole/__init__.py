"""What is asked of a whole plan or a part of it: its records, counts, parts and matters."""
