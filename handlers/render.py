"""A reply as Telegram messages: the answer, the plan's sentence with its place, the buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton

from handlers import buttons, markup
from handlers.buttons import Verb
from handlers.markup import Block, Shape, Span, Style
from handlers.places import Page
from handlers.wording import say
from knowledge.ask.reply import Evidence, Outcome, Reply
from knowledge.plan.library import Library
from knowledge.plan.model import DeadlineKind, Plan, Task, TaskKey

# More quotes than this are a list: the places are named together below it.
_MOST_QUOTES = 3
_MOST_FULL = 4
_MOST_CHOICES = 8
_BULLET = "· "
_CODES = {outcome: str(number) for number, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply with what its buttons need.

    `key` names the question in votes; `kept` the ids of choices that do not fit into a button.
    """

    reply: Reply
    key: str
    kept: tuple[str, ...] = ()


def render(asked: Asked, library: Library) -> list[Page]:
    """Return the messages that give a reply, with the buttons on the last."""
    reply = asked.reply
    texts = markup.paged(_blocks(reply, library))
    rows = [*_choices(asked)]
    if reply.outcome is Outcome.ANSWERED:
        rows += [*_answer_rows(reply, library)]
    if reply.understood.corrected and reply.outcome is not Outcome.NOT_IN_PLAN:
        rows.append([buttons.button(say("not_meant"), Verb.NOT_MEANT, asked.key)])
    if reply.outcome in (Outcome.ANSWERED, Outcome.NOT_IN_PLAN):
        rows.append(vote_row(asked))
    keyboard = buttons.keyboard(rows)
    return [Page(text) for text in texts[:-1]] + [Page(texts[-1], keyboard)]


def vote_row(asked: Asked) -> list[InlineKeyboardButton]:
    """Return the thumbs under an answer."""
    code = _CODES[asked.reply.outcome]
    return [
        buttons.button(say("thumb_up"), Verb.UP, code, asked.key),
        buttons.button(say("thumb_down"), Verb.DOWN, code, asked.key),
    ]


def outcome_of(code: str) -> Outcome | None:
    """Return the outcome that a vote's button names."""
    return next((outcome for outcome, mark in _CODES.items() if mark == code), None)


def _blocks(reply: Reply, library: Library) -> Iterator[Block]:
    yield from _notes(reply)
    values = [figure.quote for _, figure in reply.figures]
    values += [deadline.quote for _, deadline in reply.deadlines]
    bold = [(value, Style.BOLD) for value in sorted(values, key=len, reverse=True)]
    quotes = reply.evidence
    if len(quotes) > _MOST_QUOTES or reply.outcome is not Outcome.ANSWERED:
        yield Block(markup.marked(reply.text, bold))
        if quotes and reply.outcome is Outcome.ANSWERED:
            yield markup.plain("")
            yield markup.plain(sources_line(quotes, library), Style.ITALIC)
        elif quotes:
            yield from _quoted(quotes[:_MOST_QUOTES], bold, reply, library)
        return
    direct = _direct(reply, library)
    if direct:
        yield Block(markup.marked(direct, bold))
    yield from _quoted(quotes, bold, reply, library)


def _notes(reply: Reply) -> Iterator[Block]:
    """Say what was taken for what, and what was carried over."""
    for correction in reply.understood.corrected:
        if correction.meant not in reply.text or correction.wrote in reply.text:
            continue
        note = say("corrected", wrote=correction.wrote, meant=correction.meant)
        yield markup.plain(note, Style.ITALIC)
    if reply.understood.from_context and reply.understood.from_context not in reply.text:
        note = say("from_context", subject=reply.understood.from_context)
        yield markup.plain(note, Style.ITALIC)


def _direct(reply: Reply, library: Library) -> str:
    """Return what stands above the quotes: nothing where it would only say them again."""
    quotes = {item.quote.strip() for item in reply.evidence}
    lines = reply.text.splitlines()
    if len(lines) > 1 and {line.removeprefix(_BULLET).strip() for line in lines} <= quotes:
        return ""
    if reply.text.strip() not in quotes:
        return reply.text
    if any(task.text.strip() in quotes for _, task in evidence_tasks(reply, library)):
        return ""
    values = [figure.quote for _, figure in reply.figures]
    values += [deadline.quote for _, deadline in reply.deadlines]
    inside = [value for value in dict.fromkeys(values) if value in reply.text]
    # “每年” is no news beside “每年不少于30场”.
    telling = [value for value in inside if not any(value in other != value for other in inside)]
    return say("joiner").join(telling)


def _quoted(
    quotes: Sequence[Evidence],
    bold: Sequence[tuple[str, Style]],
    reply: Reply,
    library: Library,
) -> Iterator[Block]:
    """Yield each quote with the words that answer marked, and its place below."""
    words = (*reply.understood.programs, *reply.understood.terms)
    terms = [(word, Style.UNDERLINE) for word in sorted(words, key=len, reverse=True)]
    last = ""
    sections = {(item.plan, item.section) for item in quotes if item.task is not None}
    for item in quotes:
        if _is_heading(item) and (item.plan, item.section) in sections:
            continue  # the place of the other quote names the section already
        place = place_line(item, library)
        if last and place != last:
            yield markup.plain(last, Style.ITALIC)
        last = place
        if not _is_heading(item):
            yield markup.quote(markup.marked(item.quote.strip(), [*bold, *terms]))
    if last:
        yield markup.plain(last, Style.ITALIC)


def _is_heading(item: Evidence) -> bool:
    """Tell whether a quote is a section's heading, which its place says already."""
    return item.task is None and bool(item.title) and item.title in item.quote


def place_line(item: Evidence, library: Library) -> str:
    """Return where a quote stands: year, section, task."""
    plan = library.get(item.plan)
    parts = [] if plan is None else [_plan_name(plan)]
    section = plan.section(item.section) if plan and item.section is not None else None
    if section is not None:
        parts.append(f"{section.label}{section.title}")
    if item.task is not None:
        parts.append(say("task", number=item.task) + (f" {item.title}" if item.title else ""))
    elif section is None and item.title:
        parts.append(item.title)
    return say("place_joiner").join(parts)


def sources_line(quotes: Sequence[Evidence], library: Library) -> str:
    """Return the places of many quotes on one line, each once."""
    places: dict[str, dict[str, None]] = {}
    for item in quotes:
        plan = library.get(item.plan)
        name = item.plan if plan is None else _plan_name(plan)
        where = item.title if item.task is None else say("task", number=item.task)
        places.setdefault(name, {}).setdefault(where)
    named = (f"{name} {say('joiner').join(where)}" for name, where in places.items())
    return say("sources", places=say("joiner").join(named))


def _plan_name(plan: Plan) -> str:
    return say("year", year=plan.year) if plan.year else plan.title


def _choices(asked: Asked) -> Iterator[list[InlineKeyboardButton]]:
    kept = iter(asked.kept)
    for choice in asked.reply.choices[:_MOST_CHOICES]:
        if buttons.fits(Verb.ASK, choice.text):
            yield [buttons.button(choice.label, Verb.ASK, choice.text)]
        elif (name := next(kept, None)) is not None:
            yield [buttons.button(choice.label, Verb.ASK_KEPT, name)]


def too_long_choices(reply: Reply) -> tuple[str, ...]:
    """Return what the choices ask that does not fit into a button and must be kept."""
    asked = (choice.text for choice in reply.choices[:_MOST_CHOICES])
    return tuple(text for text in asked if not buttons.fits(Verb.ASK, text))


def _answer_rows(reply: Reply, library: Library) -> Iterator[list[InlineKeyboardButton]]:
    tasks = evidence_tasks(reply, library)
    if len(tasks) == 1:
        plan, task = tasks[0]
        row = []
        address = (buttons.plan_tag(plan.id), task.key.section, task.key.number)
        if not any(item.quote.strip() == task.text.strip() for item in reply.evidence):
            row.append(buttons.button(say("full"), Verb.FULL, *address))
            if _has_more(plan, task, reply):
                row.append(buttons.button(say("more"), Verb.MORE, *address))
        yield row
    elif len(tasks) <= _MOST_FULL:
        yield [
            buttons.button(
                say("full_of", number=task.number),
                *(Verb.FULL, buttons.plan_tag(plan.id), task.key.section, task.key.number),
            )
            for plan, task in tasks
        ]
    # Below a list nobody could tell which of its sentences is meant.
    if len(reply.evidence) <= _MOST_QUOTES:
        yield [*_copy(reply, library), *_subscribe(reply, library)]


def evidence_tasks(reply: Reply, library: Library) -> list[tuple[Plan, Task]]:
    """Return the tasks a reply quotes, in order, each once."""
    found: dict[tuple[str, TaskKey], tuple[Plan, Task]] = {}
    for item in reply.evidence:
        plan = library.get(item.plan)
        if plan is None or item.task is None:
            continue
        key = TaskKey(item.section or 0, item.task)
        task = next((task for task in plan.tasks if task.key == key), None)
        if task is not None:
            found.setdefault((plan.id, key), (plan, task))
    return list(found.values())


def _has_more(plan: Plan, task: Task, reply: Reply) -> bool:
    """Tell whether the task says something of interest that the reply does not."""
    shown = [(item.start, item.end) for item in reply.evidence]
    records = [(item.start, item.end) for item in plan.programs if item.task == task.key]
    records += [(item.start, item.end) for item in plan.figures if item.task == task.key]
    return any(
        not any(start <= first and last <= end for start, end in shown) for first, last in records
    )


def _copy(reply: Reply, library: Library) -> Iterator[InlineKeyboardButton]:
    """Yield the button that copies the first quote with its place, as much as it can carry."""
    if not reply.evidence:
        return
    item = reply.evidence[0]
    place = say("cited", place=place_line(item, library))
    if markup.units(place) > markup.LONGEST_COPY // 2:
        place = ""
    text = markup.cut(item.quote.strip(), markup.LONGEST_COPY - markup.units(place)) + place
    yield InlineKeyboardButton(say("copy"), copy_text=CopyTextButton(text))


def _subscribe(reply: Reply, library: Library) -> Iterator[InlineKeyboardButton]:
    """Yield the button that offers reminders of the first deadline that has days."""
    for plan_id, deadline in reply.deadlines:
        if deadline.kind is not DeadlineKind.OPEN and library.get(plan_id) is not None:
            address = (buttons.plan_tag(plan_id), deadline.task.section, deadline.task.number)
            yield buttons.button(say("subscribe"), Verb.SUBSCRIBE, *address)
            return


def task_blocks(plan: Plan, task: Task) -> list[Block]:
    """Return the whole text of a task and its place."""
    place = Evidence(
        plan.id, task.section or None, task.number, task.title, task.text, task.start, task.end
    )
    library = Library((plan,))
    return [
        Block((Span(task.text.strip()),), Shape.QUOTE),
        markup.plain(place_line(place, library), Style.ITALIC),
    ]
