"""Which kind of answer a question about one plan gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.content import ContentDesk
from knowledge.ask.compose.draft import Draft, understood
from knowledge.ask.compose.found import FoundQuotes
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge
from knowledge.ask.limits import Limits
from knowledge.ask.meaning.ranking import Meaning
from knowledge.ask.question import Intent, Question
from knowledge.ask.quotes import heading_evidence
from knowledge.ask.reading.noise import Noise
from knowledge.ask.reply import Choice, Outcome, Reply
from knowledge.ask.whole.endings import Endings
from knowledge.ask.whole.everywhere import Everywhere
from knowledge.ask.whole.glance import Glance, Sure
from knowledge.ask.whole.preamble import Preamble
from knowledge.ask.whole.records import Records
from knowledge.ask.whole.remains import Remains, things
from knowledge.ask.whole.scope import Scope, Scopes
from knowledge.ask.whole.surveys import Surveys
from knowledge.ask.whole.titles import Titles
from knowledge.ask.whole.topics import Topics
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Task

# Lists that are restricted to what else a question names.
_OF_TOPICS = (Intent.FIGURES.value, Intent.DEADLINES.value)


class Router:
    """Answers questions about one plan."""

    def __init__(
        self, desk: Desk, lexicon: Lexicon, wording: Wording, limits: Limits, meaning: Meaning
    ) -> None:
        """Keep the desk and what replies are made with."""
        self._desk = desk
        self._plan = desk.plan
        self._wording = wording
        self.judge = Judge(limits)
        self.finder = Finder(desk, lexicon, self.judge, meaning)
        found = FoundQuotes(desk, wording, lexicon.questions, self.judge)
        self.content = ContentDesk(desk, wording, found, self.judge, self.finder)
        self.whole = WholePlan(desk, wording)
        self._lists = RecordLists(desk, wording)
        self._remains = Remains(desk.plan, desk.reader, lexicon)
        self._titles = Titles(desk, lexicon, self._remains)
        self._topics = Topics(desk, self.content.found.words, lexicon.questions, self._remains)
        self._endings = Endings(desk, self._lists, self._remains)
        self._everywhere = Everywhere(desk, self._lists, self._topics, self._remains)
        self._preamble = Preamble(desk, self._lists, wording, self._remains)
        self._surveys = Surveys(
            desk, self.whole, self._lists, wording, lexicon.questions, self._remains
        )
        self._records = Records(desk, self.whole, self._lists, lexicon.questions, self._remains)
        self._noise = Noise(lexicon.whole)
        self._ends = lexicon.questions.ends
        self.glance = Glance(
            desk, self.whole, self._lists, self._surveys, lexicon, meaning, self._remains
        )
        self._scopes = Scopes(desk.plan, self._remains.is_own)

    def answer(self, question: Question) -> Draft:
        """Answer one question that needs no turn before it."""
        return self.by_pattern(question) or self.from_passages(question)

    def by_pattern(self, question: Question) -> Draft | None:
        """Answer what patterns know as asked of the plan, or of all its places; else None."""
        readings = self._readings(question)
        for find in (self._of_plan, self._places):
            for reading in readings:
                draft = find(reading)
                if draft is not None and (reading is question or not _refuses(draft)):
                    return draft
        return None

    def at_a_glance(self, question: Question) -> Draft | None:
        """Show the plan at a glance to those who plainly ask for it; else None."""
        drafts = (
            self.glance.answer(reading, Sure.PLAINLY) for reading in self._readings(question)
        )
        return next(filter(None, drafts), None)

    def _readings(self, question: Question) -> list[Question]:
        """Return a question, after what it asks without what is told beside it, if anything."""
        plain = self._noise.without(question.text)
        if not plain or plain == question.text:
            return [question]
        return [self._desk.reader.read(plain), question]

    def _of_plan(self, question: Question) -> Draft | None:
        """Answer what is asked of the whole plan, a part, a task or all records of a kind."""
        titled = self._titles.find(question)
        if titled is not None:
            part = self._scopes.of_section(titled.section, titled.question)
            if (draft := self._of_part(titled.question, part)) is not None:
                return draft
        if (draft := self._endings.answer(question, None)) is not None:
            return draft
        if question.unknown:
            return refusal.unknown_names(question, self._wording, self._desk)
        scope = self._scopes.find(question)
        if scope is not None and scope.missing is not None:
            return self._no_such_number(question, scope)
        for answer in (self._preamble.answer, self._surveys.answer, self._topics.answer):
            if (draft := answer(question, scope)) is not None:
                return draft
        if (draft := self._records.answer(question, scope)) is not None:
            return self._rather(question, scope, draft) or draft
        if scope is not None and not question.mentions and not self._shows_more(question):
            return self._in_scope(question, scope)
        return None

    def _places(self, question: Question) -> Draft | None:
        """Answer with all places of a matter, where a question asks for such."""
        return self._everywhere.answer(question, self._scopes.find(question))

    def from_passages(self, question: Question) -> Draft:
        """Answer from the passages a question is about; from the preamble, where none answers."""
        draft = self._content(question)
        return (self._preamble.holding(question) if _refuses(draft) else None) or draft

    def _content(self, question: Question) -> Draft:
        if question.bare and question.spare:
            question = replace(question, terms=question.spare)
        if question.bare:
            return refusal.junk(question, self._wording)
        if "topic" in question.asks and question.terms and not question.attributes:
            left = self._records.left(question, "topic") or question.terms
            if (topic := self._topics.loosely(question, left)) is not None:
                return topic
        return self.content.answer(question)

    def _rather(self, question: Question, scope: Scope | None, draft: Draft) -> Draft | None:
        """Answer what a question tells beside asking for a list, where the keeper knows of it."""
        own = things((*question.terms, *question.asides))
        if scope is not None or not own or draft.reply.understood.intent in _OF_TOPICS:
            return None
        return self.content.rather(question, ())

    def _of_part(self, question: Question, scope: Scope) -> Draft | None:
        """Answer of a part called by its title; None where more is named beside it."""
        if scope.missing is not None:
            return self._no_such_number(question, scope)
        for answer in (self._surveys.answer, self._topics.answer, self._records.answer):
            if (draft := answer(question, scope)) is not None:
                return draft
        return None if self._shows_more(question) else self._in_scope(question, scope)

    def _shows_more(self, question: Question) -> bool:
        """Tell whether a question names more than the numbered places it wants to be shown."""
        return bool(things(question.terms) and self._remains.left(question.rest, "show"))

    def _no_such_number(self, question: Question, scope: Scope) -> Draft:
        """Refuse a number the plan does not print, saying how many there are."""
        if question.tasks:
            missing = self._wording.say("task_name", number=scope.missing)
            count = sum(bool(task.number) for task in self._plan.tasks)
            there = self._wording.say("range_tasks", count=count)
        else:
            missing = self._wording.say("section_name", number=scope.missing)
            there = self._wording.say("range_sections", count=len(self._plan.sections))
        text = self._wording.say("no_task", missing=missing, range=there)
        return refusal.refuse(question, text, (missing,))

    def _in_scope(self, question: Question, scope: Scope) -> Draft:
        """Answer about the tasks or the sections a question names by number."""
        keys = {task.key for task in scope.tasks}
        if question.attributes:
            return self._attributes_in(question, scope)
        if scope.parts and not question.tasks and len(scope.tasks) > 1:
            return self.whole.sections(
                question, [(part.section, part.tasks) for part in scope.parts]
            )
        if len(scope.tasks) > 1 and len(question.tasks) == 1:
            return self._which_task(question, scope.tasks)
        if question.intent is Intent.FIGURE:
            figures = [figure for figure in self._plan.figures if figure.task in keys]
            if figures:
                return self._lists.figures(question, figures)
        if question.intent is Intent.WHEN:
            deadlines = [item for item in self._plan.deadlines if item.task in keys]
            if self._ends.search(question.text):
                deadlines = self._desk.evidences.in_due_lines(deadlines) or deadlines
            if deadlines:
                return self._lists.deadlines(question, deadlines, "when")
            missing = self._wording.say("when_name")
            return refusal.lacks(question, self._wording, self._desk, (missing,), 1.0)
        return self.whole.tasks(question, scope.tasks)

    def _attributes_in(self, question: Question, scope: Scope) -> Draft:
        """Quote what the tasks say of an attribute, or say that they do not."""
        keys = {task.key for task in scope.tasks}
        told = [
            passage
            for passage in self._desk.passages.passages
            if passage.task in keys
            and any(
                key(fold(word)) in passage.key
                for attribute in question.attributes
                for word in attribute.told_by
            )
        ]
        if not told:
            names = [attribute.name for attribute in question.attributes]
            return refusal.lacks(question, self._wording, self._desk, names, 1.0)
        return self._topics.quoted(question, [Candidate(item, 1.0, 1.0, ()) for item in told])

    def _which_task(self, question: Question, tasks: Sequence[Task]) -> Draft:
        """Ask which of several tasks with one number is meant."""
        choices = tuple(
            Choice(
                task.title or task.label,
                self._wording.say("section_name", number=task.section)
                + self._wording.say("task_name", number=task.number),
            )
            for task in tasks
        )
        names = self._wording.list_names(choice.label for choice in choices)
        reply = Reply(
            Outcome.AMBIGUOUS,
            self._wording.say("ambiguous", names=names),
            understood(question, "task_by_number"),
            evidence=tuple(heading_evidence(self._plan, task.key) for task in tasks),
            choices=choices,
        )
        return Draft(reply)


def _refuses(draft: Draft) -> bool:
    return draft.reply.outcome is Outcome.NOT_IN_PLAN
