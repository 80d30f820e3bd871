"""Word boundaries of Chinese text, from the jieba dictionary."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import Any


@cache
def _tokenizer() -> Any:
    # The import compiles old regular expressions; its warnings are not about our text. The
    # dictionary is read afresh, because the package's cache is a file in a shared folder.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jieba: Any = import_module("jieba")
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def tokens(text: str) -> list[str]:
    """Cut `text` into words; joined, they are the text again."""
    return list(_tokenizer().cut(text, HMM=False))
