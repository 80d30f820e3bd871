"""Text for Telegram: escaped, marked, and cut within its limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.markup import (
    LONGEST,
    Block,
    Shape,
    Span,
    Style,
    cut,
    escape,
    marked,
    paged,
    plain,
    quote,
    units,
)
from tests.botapi import utf16
from tests.botapi.formatted import ENTITIES_KEPT, Formatted
from tests.botapi.htmltext import parse_html

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


def read(html: str) -> Formatted:
    """The message as Telegram reads it, without its own trimming."""
    return parse_html(html)


@given(ANY_TEXT)
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    assert read(escape(text)).text == text


@given(ANY_TEXT, st.lists(st.text("一二三ab<&", min_size=1, max_size=3), max_size=5))
def test_marking_changes_no_character(text: str, words: list[str]) -> None:
    spans = marked(text, [(word, Style.BOLD) for word in words])
    assert "".join(span.text for span in spans) == text


def test_of_words_that_overlap_the_first_named_is_marked() -> None:
    spans = marked("不少于1200场读书会", [("1200场", Style.BOLD), ("不少于1200", Style.UNDERLINE)])
    assert spans == (
        Span("不少于"),
        Span("1200场", Style.BOLD),
        Span("读书会"),
    )


@given(
    st.lists(
        st.builds(
            lambda words, style, times: (words * times, style),
            st.sampled_from(["读书会。", "😀", "没有标点的长句", "a b, c; ", "<&>", "\n"]),
            st.sampled_from(list(Style)),
            st.integers(1, 900),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(list(Shape)),
)
def test_pages_hold_everything_within_the_limits(
    parts: list[tuple[str, Style]], shape: Shape
) -> None:
    block = Block(tuple(Span(text, style) for text, style in parts), shape)
    pages = [read(page) for page in paged([block, plain("末尾"), block])]
    for page in pages:
        assert utf16.length(page.text) <= LONGEST
        assert len(page.entities) <= ENTITIES_KEPT
    whole = "".join(text for text, _ in parts)
    shown = "".join(page.text for page in pages)
    for unseen in (" ", "\n"):
        whole, shown = whole.replace(unseen, ""), shown.replace(unseen, "")
    assert shown == f"{whole}末尾{whole}"


def test_a_message_with_many_marks_is_cut_before_telegram_drops_them() -> None:
    text = "甲乙" * 150
    pages = [read(page) for page in paged([Block(marked(text, [("甲", Style.BOLD)]))])]
    assert len(pages) == 2
    assert sum(len(page.parts("bold")) for page in pages) == 150


def test_pages_end_with_a_clause_where_there_is_one() -> None:
    pages = [read(page).text for page in paged([plain("开展读书会。" * 1000)])]
    assert all(page.endswith("。") for page in pages)


def test_a_long_quote_is_folded_and_a_short_one_is_not() -> None:
    assert quote([Span("短")]).shape is Shape.QUOTE
    assert quote([Span("长" * 200)]).shape is Shape.FOLDED


@given(ANY_TEXT, st.integers(2, 60))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, longest: int) -> None:
    short = cut(text, longest)
    assert units(short) <= longest
    assert short == text or short.endswith("…")
