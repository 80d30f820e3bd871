"""What a plan is: its records, its file, the library of all loaded plans."""
