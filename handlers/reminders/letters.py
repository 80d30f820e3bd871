"""Reminders as Telegram messages: what is due, the plan's words, the day, and the buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton

from bot.letters import Text
from bot.reminders.calendar_rules import day_ends
from bot.reminders.duties import Duty, DutyKind
from bot.reminders.notices import Entry, Notice
from bot.storage.occurrences import Kind
from handlers import buttons, markup
from handlers.buttons import Verb, plan_tag
from handlers.markup import escape
from handlers.reminders.wording import day_words, short_day, tell

# Telegram shows a date-time no further ahead than this.
_FARTHEST = dt.timedelta(days=1098)
# A list leaves room for what stands around it.
_ROOM = 3600
_WORDS = (160, 80, 40, 0)
_MOST_ROWS = 10
_MOST_LISTED = 40


def write(notice: Notice) -> Text:
    """Return the message that tells of a notice."""
    rows: list[list[InlineKeyboardButton]] = []
    match notice.kind:
        case Kind.CORRECTION:
            lines = _correction(notice)
        case Kind.DIGEST:
            lines = _digest(notice)
        case _:
            lines, rows = _reminder(notice), _buttons(notice)
    notes = [tell(name) for name in ("doubtful", "topic_gone") if getattr(notice, name)]
    html = "\n".join([*map(escape, notes), *lines])
    return Text(notice.chat, html, buttons.keyboard(rows), notice.thread or None)


def shown(notice: Notice) -> list[Entry]:
    """Return the entries ahead, each day of a deadline once, in the order of their numbers."""
    return list({(entry.key, entry.due_on): entry for entry in notice.ahead}.values())


def _reminder(notice: Notice) -> list[str]:
    entries = shown(notice)
    lines = []
    if notice.merged:
        name = "missed_paused" if notice.paused else "missed"
        lines.append(_bold(tell(name, count=len(entries))))
    elif len(entries) > 1:
        lines.append(_bold(tell("several", count=len(entries))))
    if len(entries) == 1:
        lines += _whole(entries[0], notice)
    else:
        lines += _fitting(entries, notice)
    if notice.expired:
        over = {(entry.key, entry.due_on): entry for entry in notice.expired}
        items = [
            tell("expired_item", title=_title(entry), day=short_day(entry.due_on))
            for entry in over.values()
        ]
        lines.append(escape(tell("expired", items=tell("joiner").join(items))))
    return lines


def _whole(entry: Entry, notice: Notice) -> list[str]:
    """Return everything about one entry."""
    lines = [_bold(_headline(entry, notice)), _bold(_title(entry)), *_words_of(entry)]
    lines.append(_when(entry.due_on, notice))
    return lines + [escape(line) for line in _reading(entry)]


def _fitting(entries: Sequence[Entry], notice: Notice) -> list[str]:
    """Return a numbered list, its quotes as long as all of them fit."""
    lines: list[str] = []
    for length in _WORDS:
        lines = []
        for number, entry in enumerate(entries, start=1):
            lines.append(_bold(f"{number}. {_title(entry)}"))
            if length:
                lines += _words_of(entry, length)
            lines.append(_when(entry.due_on, notice))
            lines += [escape(line) for line in _reading(entry)]
        if markup.units("\n".join(lines)) <= _ROOM:
            break
    return lines


def _correction(notice: Notice) -> list[str]:
    lines = [_bold(tell("correction"))]
    for entry in notice.ahead:
        duty = entry.duty
        if duty is None or duty.open:
            quote = _quote_of(entry)
            text = tell("withdrawn", quote=quote, day=short_day(entry.due_on))
            lines.append(escape(text))
            continue
        lines += [_bold(_title(entry)), _quote(markup.cut(duty.words, 300))]
        lines.append(escape(tell("corrected_to", day=day_words(entry.due_on))))
        if entry.lead:
            before = entry.due_on + dt.timedelta(days=entry.lead)
            lines.append(escape(tell("corrected_from", day=day_words(before))))
        lines += [escape(line) for line in _reading(entry)]
    return lines


def _digest(notice: Notice) -> list[str]:
    kind = notice.ahead[-1].key.rpartition("/")[2]
    lines = [_bold(tell(kind))]
    if not notice.upcoming:
        return [*lines, escape(tell("digest_none"))]
    used = 0
    for at, item in enumerate(notice.upcoming):
        line = f"{day_words(item.due_on)} {_listed(item.duty)}"
        used += markup.units(line) + 1
        if used > _ROOM or at >= _MOST_LISTED:
            lines.append(escape(tell("digest_more", count=len(notice.upcoming) - at)))
            break
        lines.append(escape(line))
    return lines


def _listed(duty: Duty) -> str:
    """Return a duty on one line: its title, and its words where they are others."""
    title, words = title_of(duty, duty.key), markup.cut(duty.quote or duty.words, 80)
    same = words.startswith(title.rstrip("…"))
    return words if same else tell("titled", title=title, words=words)


def _headline(entry: Entry, notice: Notice) -> str:
    if entry.kind is Kind.SNOOZE:
        return tell("snoozed")
    days = (entry.due_on - notice.now.astimezone(notice.zone).date()).days
    if days > 1:
        return tell("in_days", days=days)
    return tell("tomorrow" if days == 1 else "today")


def _when(day: dt.date, notice: Notice) -> str:
    """Return a day, and how far ahead it is as the reader's own clock has it."""
    words = escape(day_words(day))
    ends = day_ends(day, notice.zone) - dt.timedelta(minutes=1)
    if not notice.now < ends < notice.now + _FARTHEST:
        return words
    days = (day - notice.now.astimezone(notice.zone).date()).days
    inside = escape(tell("relative", days=days) if days else tell("relative_today"))
    return f'{words} <tg-time unix="{int(ends.timestamp())}" format="r">{inside}</tg-time>'


def _reading(entry: Entry) -> Iterator[str]:
    """Yield how sure the day is."""
    duty = entry.duty
    if duty is None:
        return
    if duty.kind is DutyKind.MILESTONE:
        yield tell("milestone")
    elif duty.kind is DutyKind.OWN:
        yield tell("own")
    elif duty.quote:
        by_period = duty.rrule is not None and "BY" not in duty.rrule
        name = "reading_period" if by_period else "reading"
        yield tell(name, quote=duty.quote, day=short_day(entry.due_on))


def _buttons(notice: Notice) -> list[list[InlineKeyboardButton]]:
    entries = shown(notice)
    if len(entries) == 1:
        entry = entries[0]
        return [
            [
                buttons.button(tell("done"), Verb.REMINDER, "d", entry.id),
                buttons.button(tell("later"), Verb.REMINDER, "h", entry.id),
            ],
            [
                buttons.button(tell("next_day"), Verb.REMINDER, "t", entry.id),
                *_original(entry, tell("original")),
            ],
        ]
    rows = [
        [
            buttons.button(tell("done_number", number=number), Verb.REMINDER, "d", entry.id),
            *_original(entry, tell("original_number", number=number)),
        ]
        for number, entry in enumerate(entries[:_MOST_ROWS], start=1)
    ]
    if entries:
        ids = entries[0].id
        rows.append(
            [
                buttons.button(tell("all_later"), Verb.REMINDER, "H", ids),
                buttons.button(tell("all_next_day"), Verb.REMINDER, "T", ids),
            ]
        )
    return rows


def _original(entry: Entry, label: str) -> Iterator[InlineKeyboardButton]:
    duty = entry.duty
    if duty is not None and duty.task is not None:
        address = (plan_tag(duty.plan), duty.task.section, duty.task.number)
        yield buttons.button(label, Verb.FULL, *address)


def title_of(duty: Duty | None, key: str) -> str:
    """Return how to name a duty, by its key where it is not there any more."""
    if duty is None:
        return key.rpartition("/")[2]
    return duty.title or markup.cut(duty.words, 40)


def _title(entry: Entry) -> str:
    return title_of(entry.duty, entry.key)


def _words_of(entry: Entry, length: int | None = None) -> Iterator[str]:
    """Yield the words of an entry, where its title is not the same."""
    if entry.duty is not None and entry.duty.words.strip() != _title(entry):
        words = entry.duty.words
        yield _quote(words if length is None else markup.cut(words, length))


def _quote_of(entry: Entry) -> str:
    if entry.duty is not None and entry.duty.quote:
        return entry.duty.quote
    return entry.key.split("/", 2)[-1]


def _quote(words: str) -> str:
    return markup.quote([markup.Span(words.strip())]).html()


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"
