"""One thing or the other (“线上还是线下”): a plan that writes either of them answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ask.question import Term

_OR = re.compile(r"(?P<one>[^\s,.?!]+?)(呢|,)? ?还是(?P<other>[^\s,.?!]+)")
_LEADING = re.compile(r"^(是|在|由|用|给|去|到|要|就)")


def without_the_other(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms of a question without the alternative that the plan does not write."""
    found = _OR.search(text)
    if found is None:
        return tuple(terms)
    other = _LEADING.sub("", found["other"])
    ones = [term for term in terms if found["one"].endswith(term.text)]
    others = [term for term in terms if other.startswith(term.text)]
    if not ones or not others:
        return tuple(terms)
    unknown = [term for term in (*ones, *others) if not term.forms]
    if len(unknown) == len(ones) + len(others):
        return tuple(terms)
    return tuple(term for term in terms if term not in unknown)
