"""From a question to a reply: understand, retrieve, decide, compose."""
