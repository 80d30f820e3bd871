"""What python-telegram-bot raises when the server refuses."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def refused(words: str) -> Iterator[None]:
    """The call inside is refused with 400 and these words."""
    with pytest.raises(BadRequest, match="(?i)" + re.escape(words)):
        yield
