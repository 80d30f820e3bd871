from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Bot, MessageEntity

from tests.botapi import BotApi, Person
from tests.botapi_tests.refusing import refused

HTML = "HTML"


async def test_html_becomes_plain_text_with_entities_counted_in_utf16(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(person.id, "😀<b>任务一</b>：<i>三月</i>", parse_mode=HTML)
    (message,) = api.sent
    assert message.text == "😀任务一：三月"
    assert [(e.type, e.offset, e.length) for e in message.entities] == [
        ("bold", 2, 3),
        ("italic", 6, 2),
    ]
    assert message.content.parts("bold") == ["任务一"]


async def test_the_bot_gets_back_the_message_as_telegram_keeps_it(
    bot: Bot, person: Person
) -> None:
    got = await bot.send_message(person.id, "  <b>甲</b> 乙 \n", parse_mode=HTML)
    assert got.text == "甲 乙"
    assert got.entities == (MessageEntity("bold", 0, 1),)
    assert got.chat.id == person.id


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ('span class="tg-spoiler"', "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("blockquote expandable", "expandable_blockquote"),
        ('a href="https://example.org/x?a=1&amp;b=2"', "text_link"),
        ('a href="tg://user?id=5"', "text_mention"),
        ('tg-emoji emoji-id="5368324170671202286"', "custom_emoji"),
        ('tg-time unix="1790000000" format="wDT"', "date_time"),
    ],
)
async def test_every_tag_telegram_knows_is_read(
    api: BotApi, bot: Bot, person: Person, tag: str, kind: str
) -> None:
    await bot.send_message(person.id, f"前<{tag}>字</{tag.split()[0]}>后", parse_mode=HTML)
    assert api.sent[0].text == "前字后"
    assert [(e.type, e.offset, e.length) for e in api.sent[0].entities] == [(kind, 1, 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>甲", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("甲<p>乙</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 3'),
        ("甲<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("<b>甲</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<b><i>甲</b></i>", 'expected "</i>", found "</b>"'),
        ("甲</b>", "Unexpected end tag at byte offset 3"),
        ("甲 <", "Unclosed start tag at byte offset 4"),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b>甲</b", "Unclosed end tag at byte offset 6"),
        ("<span>甲</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>甲</a>", "Expected equal sign in declaration of an attribute"),
        ("<a href=http://x.org>甲</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>甲</a>', "Unclosed start tag at byte offset 0"),
        ("<tg-emoji emoji-id='x'>甲</tg-emoji>", "Invalid custom emoji identifier"),
        ("<tg-time>甲</tg-time>", "Invalid Unix time"),
        ("<tg-time unix='5' format='yyyy'>甲</tg-time>", "Invalid date-time format"),
        ("&#xD83D;", "invalid Unicode characters after decoding HTML entities"),
    ],
)
async def test_bad_markup_is_refused_in_telegrams_words(
    api: BotApi, bot: Bot, person: Person, text: str, words: str
) -> None:
    with refused(words):
        await bot.send_message(person.id, text, parse_mode=HTML)
    assert api.sent == []


async def test_only_four_named_references_and_numbers_are_decoded(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(
        person.id, "&lt;&gt;&amp;&quot;&#65;&#x1F600; &nbsp; &apos; a&b", parse_mode=HTML
    )
    assert api.sent[0].text == '<>&"A😀 &nbsp; &apos; a&b'


async def test_without_a_parse_mode_markup_is_text(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "<b>甲</b> &lt;")
    assert api.sent[0].text == "<b>甲</b> &lt;"
    assert api.sent[0].entities == ()


async def test_code_in_pre_names_the_language(api: BotApi, bot: Bot, person: Person) -> None:
    text = '<pre><code class="language-python">x</code></pre>'
    await bot.send_message(person.id, text, parse_mode=HTML)
    assert [(e.type, e.language) for e in api.sent[0].entities] == [("pre", "python")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<code>甲<b>乙</b></code>", ["code"]),
        ("<blockquote>甲<blockquote>乙</blockquote></blockquote>", ["blockquote"]),
        ("<blockquote>甲<b>乙</b></blockquote>", ["blockquote", "bold"]),
        ("<b>甲<i>乙</i></b>", ["bold", "italic"]),
        ("<blockquote>甲<tg-time unix='5'>乙</tg-time></blockquote>", ["blockquote", "date_time"]),
    ],
)
async def test_entities_nest_only_as_telegram_allows(
    api: BotApi, bot: Bot, person: Person, text: str, kinds: list[str]
) -> None:
    await bot.send_message(person.id, text, parse_mode=HTML)
    assert [e.type for e in api.sent[0].entities] == kinds


async def test_a_time_reaches_the_bot_as_a_date_time_entity(bot: Bot, person: Person) -> None:
    text = '<tg-time unix="1790000000" format="r">三天后</tg-time>'
    got = await bot.send_message(person.id, text, parse_mode=HTML)
    assert got.entities[0].type == "date_time"
    assert got.entities[0].unix_time == datetime.fromtimestamp(1790000000, UTC)


async def test_4096_units_are_counted_after_parsing(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, f"<b>{'字' * 4096}</b>", parse_mode=HTML)
    with refused("message is too long"):
        await bot.send_message(person.id, "字" * 4097)
    assert len(api.sent) == 1


async def test_an_emoji_counts_as_two_units(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "😀" * 2048)
    with refused("message is too long"):
        await bot.send_message(person.id, "😀" * 2048 + "x")
    assert len(api.sent) == 1


@pytest.mark.parametrize("text", [" \n ", "<b> </b>", "\u3000"])
async def test_text_of_nothing_but_space_is_empty(bot: Bot, person: Person, text: str) -> None:
    with refused("message text is empty"):
        await bot.send_message(person.id, text, parse_mode=HTML)


async def test_a_hundred_entities_are_kept(api: BotApi, bot: Bot, person: Person) -> None:
    await bot.send_message(person.id, "<b>甲</b>乙" * 101, parse_mode=HTML)
    assert len(api.sent[0].entities) == 100
    assert api.sent[0].text == "甲乙" * 101


async def test_entities_given_beside_the_text_are_kept(
    api: BotApi, bot: Bot, person: Person
) -> None:
    await bot.send_message(person.id, "甲乙丙", entities=[MessageEntity("bold", 1, 2)])
    assert api.sent[0].content.parts("bold") == ["乙丙"]
    with refused("entity beginning or end is out of the text"):
        await bot.send_message(person.id, "甲", entities=[MessageEntity("bold", 0, 2)])
