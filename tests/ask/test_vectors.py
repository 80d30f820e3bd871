"""Embeddings of single texts: made once, remembered between runs, and only for what is new."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.ask.meaning.vectors import Vectors


class Embed:
    """Embeds a text by its length, and notes which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_each_text_is_embedded_once_and_its_row_has_length_one() -> None:
    embed = Embed()
    vectors = Vectors(embed, (), None)
    rows = vectors.of(["书", "读书", "书"])
    assert embed.asked == ["书", "读书"]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0)
    assert np.array_equal(rows[0], rows[2])
    assert np.allclose(rows[1], np.array([2.0, 1.0]) / np.sqrt(5), atol=0.01)


def test_another_run_embeds_only_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "examples.npz"
    first = Vectors(Embed(), [file], file).of(["书", "读书"])
    embed = Embed()
    again = Vectors(embed, [file], file).of(["读书", "图书馆"])
    assert embed.asked == ["图书馆"]
    assert np.array_equal(again[0], first[1])
    last = Embed()
    Vectors(last, [file], file).of(["书", "读书", "图书馆"])
    assert last.asked == []


def test_what_comes_with_the_program_is_not_written_again(tmp_path: Path) -> None:
    brought, cache = tmp_path / "brought.npz", tmp_path / "cache.npz"
    Vectors(Embed(), (), brought).of(["书"])
    Vectors(Embed(), [brought, cache], cache).of(["书", "报"])
    embed = Embed()
    Vectors(embed, [cache], None).of(["书", "报"])
    assert embed.asked == ["书"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"no archive at all"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "examples.npz"
    file.write_bytes(content)
    Vectors(Embed(), [file], file).of(["书"])
    embed = Embed()
    Vectors(embed, [file], None).of(["书"])
    assert embed.asked == []


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert Vectors(Embed(), (), blocked / "examples.npz").of(["书"]).shape == (1, 2)
