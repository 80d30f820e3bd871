"""What goes wrong with a document."""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be imported; the message, in Chinese, says why and what to do."""
