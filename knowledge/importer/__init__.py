"""From a document to a plan: reading, outline, clauses, figures, deadlines, programs."""
