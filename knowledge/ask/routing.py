"""Which kind of answer a question about one plan gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.content import ContentDesk
from knowledge.ask.compose.draft import Draft, understood
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge
from knowledge.ask.limits import Limits
from knowledge.ask.meaning import Meaning
from knowledge.ask.question import Intent, Question
from knowledge.ask.quotes import heading_evidence
from knowledge.ask.records import Records, things
from knowledge.ask.reply import Choice, Outcome, Reply
from knowledge.ask.scope import Scope, Scopes
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import Task

_TOPIC_FLOOR = 0.6
_MOST_TOPICS = 16


class Router:
    """Answers questions about one plan."""

    def __init__(
        self, desk: Desk, lexicon: Lexicon, wording: Wording, limits: Limits, meaning: Meaning
    ) -> None:
        """Keep the desk and what replies are made with."""
        self._desk = desk
        self._plan = desk.plan
        self._either = lexicon.questions.either
        self._wording = wording
        judge = Judge(limits)
        finder = Finder(desk, judge, meaning)
        self.content = ContentDesk(desk, wording, lexicon.questions, judge, finder)
        self.whole = WholePlan(desk, wording)
        self._records = Records(desk, self.whole, lexicon.questions)
        self._scopes = Scopes(desk.plan)

    def answer(self, question: Question) -> Draft:
        """Answer one question that needs no turn before it."""
        if question.unknown:
            return refusal.unknown_names(question, self._wording, self._desk)
        scope = self._scopes.find(question)
        if scope is not None and scope.missing is not None:
            return self._no_such_number(question, scope)
        if (draft := self._records.answer(question, scope)) is not None:
            return draft
        if scope is not None and not question.mentions and not things(question.terms):
            return self._in_scope(question, scope)
        if question.bare and question.spare:
            question = replace(question, terms=question.spare)
        if question.bare:
            return refusal.junk(question, self._wording)
        if "topic" in question.asks and question.terms and not question.attributes:
            topic = self._topic(question)
            if topic is not None:
                return topic
        return self.content.answer(question)

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
        """Answer about the tasks or the section a question names by number."""
        keys = {task.key for task in scope.tasks}
        if question.attributes:
            return self._attributes_in(question, scope)
        if scope.section is not None and not question.tasks:
            return self.whole.section(question, scope.section, scope.tasks)
        if len(scope.tasks) > 1 and len(question.tasks) == 1:
            return self._which_task(question, scope.tasks)
        if question.intent is Intent.FIGURE:
            figures = [figure for figure in self._plan.figures if figure.task in keys]
            if figures:
                return self.whole.figures(question, figures)
        if question.intent is Intent.WHEN:
            deadlines = [item for item in self._plan.deadlines if item.task in keys]
            if deadlines:
                return self.whole.deadlines(question, deadlines, "when")
            missing = self._wording.say("when_name")
            return refusal.lacks(question, self._wording, self._desk, (missing,), 1.0)
        return self.whole.task(question, scope.tasks[0])

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
        return self._all_of(question, [Candidate(item, 1.0, 1.0, ()) for item in told])

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

    def _topic(self, question: Question) -> Draft | None:
        """List every passage about a topic, or None where nothing covers it."""
        left = self._records.left(question, "topic") or question.terms
        either = self._either.search(question.text)
        found = [
            item
            for item in self._desk.evidences.candidates(left)
            if not item.passage.heading
            and (
                item.coverage >= _TOPIC_FLOOR
                or (either and any(match.strength >= _TOPIC_FLOOR for match in item.matches))
            )
        ]
        return self._all_of(question, found[:_MOST_TOPICS]) if found else None

    def _all_of(self, question: Question, found: Sequence[Candidate]) -> Draft:
        """Quote all of several passages, in the plan's order."""
        found = sorted(found, key=lambda item: item.passage.number)
        draft = self.content.words.quote_all(question, found)
        about = replace(draft.reply.understood, intent="topic")
        return replace(draft, reply=replace(draft.reply, understood=about))
