"""One of the things shown last, picked by its place among them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.draft import Draft, Quoting, quoted
from knowledge.ask.compose.places import place_reply
from knowledge.ask.desk import Desk
from knowledge.ask.question import Intent, Question
from knowledge.ask.reading.numerals import number
from knowledge.ask.reply import Context, Outcome
from knowledge.ask.routing import Router
from knowledge.ask.talk.bare import Bare
from knowledge.ask.talk.last import Last, Shown
from knowledge.ask.talk.near import Near
from knowledge.ask.talk.words import TalkWords
from knowledge.ask.wording import Wording
from knowledge.language.script import fold, key
from knowledge.plan.model import Span, Task, TaskKey

_NUMERAL = re.compile(r"[一二三四五六七八九十\d]+")
_LAST = re.compile(r"最后|后面?(一|那)")
_BETWEEN = re.compile(r"[、;；]|(?<=[”\"》])(?=[“\"《])|[①②③④⑤⑥⑦⑧⑨⑩]")
_OF = re.compile(r"的(呢)?$")
_LEAST_ITEMS = 2
_LONGEST_NAME = 16


class Picking:
    """Answers messages that pick one of the things shown last."""

    def __init__(self, wording: Wording, words: TalkWords, near: Near, bare: Bare) -> None:
        """Keep the sentences, the patterns of talk, and what answers of one task."""
        self._bare = bare
        self._wording = wording
        self._words = words
        self._near = near

    def choice(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> tuple[Draft, Question]:
        """Answer the choice that was picked by its number; a refusal where there is none."""
        choices = last.context.choices
        at = _place(question.text, len(choices))
        if at is None:
            return refusal.junk(question, self._wording), question
        chosen = desk.reader.read(choices[at])
        return router.answer(chosen), chosen

    @staticmethod
    def of_section(question: Question, last: Last, desk: Desk) -> Question | None:
        """Return the question of the one choice offered that lies in the part named.

        So “第N部分的呢” asks for the task there that has the number of the one before.
        """
        if not question.sections or question.tasks or question.terms or question.mentions:
            return None
        if last.question.tasks and question.follows and _OF.search(question.text):
            return replace(question, tasks=last.question.tasks)
        read = [desk.reader.read(choice) for choice in last.context.choices]
        inside = [choice for choice in read if choice.sections == question.sections]
        return inside[0] if len(inside) == 1 else None

    def item(
        self, question: Question, last: Last, desk: Desk, router: Router
    ) -> tuple[Draft, Question] | None:
        """Show the thing picked, or ask of it what is asked; None where none is picked."""
        found = self._words.pick.search(question.text)
        if found is None:
            return None
        nth = number(found["nth"]) if found["nth"] else 0
        numbered = bool(self._words.numbered.search(found["what"]))
        if numbered and nth and (task := self._printed(nth, last, desk)) is not None:
            shown: Shown | None = Shown(Span(task.start, task.end), task=task)
        elif numbered and nth and not _counts(nth, last) and _is_printed(nth, desk):
            return None
        else:
            shown = self._of_list(found, nth, last, desk)
        if shown is None:
            return None
        rest = found["rest"].strip(" ,")
        if self._words.only.search(rest):
            draft = self._show(question, shown, desk, router)
        elif self._words.whereabouts.search(rest):
            draft = self._place(question, shown, desk)
        else:
            draft = self._asked(rest, shown, desk, router)
        if draft is None:
            return None
        return draft, replace(question, intent=Intent.PICK, tasks=(), terms=())

    def _printed(self, nth: int, last: Last, desk: Desk) -> Task | None:
        """Return the task of a printed number that several parts have, in the part spoken of."""
        tasks = [task for task in desk.plan.tasks if task.number == nth]
        sections = {item.task.section for item in last.items if item.task}
        sections = sections or {key.section for key in last.tasks}
        inside = [task for task in tasks if task.section in sections]
        return inside[0] if len(tasks) > 1 and len(inside) == 1 else None

    def _of_list(self, found: re.Match[str], nth: int, last: Last, desk: Desk) -> Shown | None:
        items = last.items
        if len(items) < _LEAST_ITEMS:
            items = self._enumerated(last, desk)
        at = -1 if found["last"] else 0 if found["first"] else nth - 1
        return items[at] if len(items) >= _LEAST_ITEMS and at < len(items) else None

    def _enumerated(self, last: Last, desk: Desk) -> tuple[Shown, ...]:
        """Return the things that the stretch quoted last names one after another."""
        named: list[tuple[float, int, list[Span]]] = []
        for passage in last.passages:
            candidate = desk.evidences.candidate(passage.number, last.question.terms)
            for phrase, share in desk.evidences.phrase_shares(candidate):
                parts = _parts(desk.plan.source, phrase.span)
                if len(parts) >= _LEAST_ITEMS:
                    named.append((share, len(parts), parts))
        best = max(named, key=lambda item: item[:2], default=None)
        return tuple(map(Shown, best[2])) if best is not None else ()

    def _show(self, question: Question, shown: Shown, desk: Desk, router: Router) -> Draft | None:
        if shown.task is not None:
            return router.whole.task(question, shown.task)
        if shown.section is not None:
            tasks = [task for task in desk.plan.tasks if task.section == shown.section.number]
            return router.whole.sections(question, [(shown.section, tasks)])
        name = desk.plan.quote(shown.span)
        mentioned = desk.reader.read(name)
        if mentioned.mentions and not mentioned.terms:
            return router.answer(mentioned)
        passage = desk.passages.at(shown.span.start)
        if passage is None:
            return None
        return Draft(quoted(desk, question, [Quoting(shown.span, passage.task)]))

    def _place(self, question: Question, shown: Shown, desk: Desk) -> Draft | None:
        """Say under which headings the thing picked stands."""
        passage = desk.passages.at(shown.task.title_start if shown.task else shown.span.start)
        if passage is None:
            return None
        return Draft(place_reply(desk, self._wording, question, [(shown.span, passage)]))

    def _asked(self, rest: str, shown: Shown, desk: Desk, router: Router) -> Draft | None:
        """Ask the rest of the message of the thing picked."""
        name = desk.plan.quote(shown.span) if shown.task is None else ""
        asked = desk.reader.read(rest)
        if name and len(name) <= _LONGEST_NAME:
            return self._of_name(asked, desk.reader.read(name), router)
        passage = desk.passages.at(shown.span.start)
        task = shown.task.key if shown.task else passage.task if passage else None
        if task is None:
            return None
        if asked.thin:
            answered = self._bare.answer(asked, self._picked(shown, task, desk), desk, router)
            return answered[0] if answered is not None else None
        return self._near.of_tasks(asked, (task,), router)

    @staticmethod
    def _picked(shown: Shown, task: TaskKey, desk: Desk) -> Last:
        """Return what is picked as if it had been answered last."""
        whole = desk.plan.task(task) if shown.task else None
        span = Span(whole.start, whole.end) if whole else shown.span
        context = Context(
            question=desk.plan.quote(shown.span),
            tasks=((desk.plan.id, task.section, task.number),),
            spans=((desk.plan.id, span.start, span.end),),
        )
        return Last(context, desk)

    @staticmethod
    def _of_name(asked: Question, told: Question, router: Router) -> Draft:
        """Ask of the name picked; in a list the first may stand behind what is done to all."""
        for terms in (told.terms, told.terms[-1:]):
            draft = router.answer(
                replace(asked, mentions=told.mentions, terms=(*terms, *asked.terms))
            )
            if draft.reply.outcome is Outcome.ANSWERED:
                break
        return draft


def _is_printed(nth: int, desk: Desk) -> bool:
    return any(task.number == nth for task in desk.plan.tasks)


def _counts(nth: int, last: Last) -> bool:
    """Tell whether a place is counted in the list just shown, whose numbers are all others."""
    numbers = [item.task.number for item in last.items if item.task is not None]
    just_shown = len(last.passages) > 1
    return just_shown and nth not in numbers and _LEAST_ITEMS <= len(numbers) >= nth


def _place(text: str, size: int) -> int | None:
    """Return which of `size` things a message picks, None where there is no such one."""
    if _LAST.search(text):
        return size - 1 if size else None
    digits = _NUMERAL.search(text)
    at = number(digits.group()) - 1 if digits else 0
    return at if 0 <= at < size else None


def _parts(source: str, span: Span) -> list[Span]:
    """Cut a stretch where it names one thing after another."""
    text = source[span.start : span.end]
    cuts = [0, *(match.end() for match in _BETWEEN.finditer(text)), len(text)]
    return [
        Span(span.start + start, span.start + end)
        for start, end in itertools.pairwise(cuts)
        if key(fold(text[start:end]))
    ]
