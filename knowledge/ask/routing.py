"""Which kind of answer a question about one plan gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.ask.compose import refusal
from knowledge.ask.compose.content import ContentDesk
from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.evidence import Candidate
from knowledge.ask.finder import Finder
from knowledge.ask.judge import Judge
from knowledge.ask.limits import Limits
from knowledge.ask.meaning import Meaning
from knowledge.ask.question import Intent, Question, Term
from knowledge.ask.times import is_at, names_time
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import Lexicon
from knowledge.language.script import fold, key
from knowledge.plan.model import ProgramKind, Task, TaskKey

_DUE = ("due", "list", "names")
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
        self._lexicon = lexicon
        self._wording = wording
        self._patterns = dict(lexicon.questions.intents)
        judge = Judge(limits)
        finder = Finder(desk, judge, meaning)
        self.content = ContentDesk(desk, wording, lexicon.questions, judge, finder)
        self.whole = WholePlan(desk, wording)

    def answer(self, question: Question) -> Draft:
        """Answer one question that needs no turn before it."""
        if question.unknown:
            return refusal.unknown_names(question, self._wording, self._desk)
        scope = self._scope(question)
        if isinstance(scope, Draft):
            return scope
        whole = self._about_all(question, scope)
        if whole is not None:
            return whole
        if scope is not None and not question.mentions and not _things(question.terms):
            return self._scoped(question, scope)
        if question.bare and question.spare:
            question = replace(question, terms=question.spare)
        if question.bare:
            return refusal.junk(question, self._wording)
        if "topic" in question.asks and question.terms and not question.attributes:
            topic = self._topic(question)
            if topic is not None:
                return topic
        return self.content.answer(question)

    # -- scope -----------------------------------------------------------------------------

    def _scope(self, question: Question) -> tuple[Task, ...] | Draft | None:
        """Return the tasks a question's numbers restrict it to, None for no restriction."""
        sections = [
            number if number > 0 else len(self._plan.sections) for number in question.sections
        ]
        known = {section.number for section in self._plan.sections}
        if any(number not in known for number in sections):
            missing = self._wording.say("section_name", number=max(sections))
            span = self._wording.say("range_sections", count=len(known))
            text = self._wording.say("no_task", missing=missing, range=span)
            return refusal.refuse(question, text, (missing,))
        tasks = [task for task in self._plan.tasks if not sections or task.section in sections]
        if not question.tasks:
            if sections:
                return tuple(tasks)
            return self._section_by_title(question)
        found = tuple(task for task in tasks if task.number in question.tasks)
        if -1 in question.tasks and tasks:
            found = (*found, tasks[-1])
        if not found:
            missing = self._wording.say("task_name", number=question.tasks[0])
            span = self._wording.say("range_tasks", count=len(tasks))
            text = self._wording.say("no_task", missing=missing, range=span)
            return refusal.refuse(question, text, (missing,))
        return found

    def _section_by_title(self, question: Question) -> tuple[Task, ...] | None:
        """Return the tasks of the section whose title holds every term of a list or count."""
        if not question.terms or question.mentions or not {"count", "overview"} & question.asks:
            return None
        for section in self._plan.sections:
            title = key(fold(section.title))
            if all(
                any(text in title for text in (term.text, *(form for form, _ in term.forms)))
                for term in question.terms
            ):
                return tuple(task for task in self._plan.tasks if task.section == section.number)
        return None

    def _scoped(self, question: Question, scope: tuple[Task, ...]) -> Draft:
        """Answer about the tasks or the section a question names by number."""
        keys = {task.key for task in scope}
        passages = [p for p in self._desk.passages.passages if p.task in keys]
        if question.attributes:
            told = [
                passage
                for passage in passages
                for attribute in question.attributes
                if any(key(fold(word)) in passage.key for word in attribute.told_by)
            ]
            if not told:
                names = [attribute.name for attribute in question.attributes]
                return refusal.lacks(question, self._wording, self._desk, names, 1.0)
            return self._topic_reply(question, [Candidate(p, 1.0, 1.0, ()) for p in told])
        if question.sections and not question.tasks:
            return self.whole.section(question, scope[0].section)
        if len(scope) > 1 and len(question.tasks) == 1:
            return self._which_task(question, scope)
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
        return self.whole.task(question, scope[0])

    def _which_task(self, question: Question, scope: tuple[Task, ...]) -> Draft:
        """Ask which of several tasks with one number is meant."""
        from knowledge.ask.compose.draft import understood
        from knowledge.ask.quotes import heading_evidence
        from knowledge.ask.reply import Choice, Outcome, Reply

        choices = tuple(
            Choice(
                task.title or task.label,
                self._wording.say("section_name", number=task.section)
                + self._wording.say("task_name", number=task.number),
            )
            for task in scope
        )
        text = self._wording.say(
            "ambiguous", names=self._wording.list_names(choice.label for choice in choices)
        )
        evidences = tuple(heading_evidence(self._plan, task.key) for task in scope)
        return Draft(
            Reply(
                Outcome.AMBIGUOUS,
                text,
                understood(question, "task_by_number"),
                evidence=evidences,
                choices=choices,
            )
        )

    # -- the whole plan --------------------------------------------------------------------

    def _about_all(self, question: Question, scope: tuple[Task, ...] | None) -> Draft | None:
        """Answer what is asked of all records, or None where a subject of its own is asked of."""
        if question.mentions:
            return None
        keys = {task.key for task in scope or self._plan.tasks}
        if "count" in question.asks and (draft := self._count(question, scope)):
            return draft
        if "figures" in question.asks and (rest := self._restriction(question, "figures", keys)):
            units = self._lexicon.questions.units.get(question.unit)
            figures = [
                figure
                for figure in self._plan.figures
                if figure.task in rest and (units is None or figure.unit in units)
            ]
            if figures:
                return self.whole.figures(question, figures)
        if "deadlines" in question.asks and (
            rest := self._restriction(question, "deadlines", keys)
        ):
            deadlines = [item for item in self._plan.deadlines if item.task in rest]
            if deadlines:
                return self.whole.deadlines(question, deadlines, "all_deadlines")
        listing = question.asks.intersection(_DUE) and not question.attributes
        if listing and (due := self._due(question, keys)):
            return due
        if scope is not None:
            return None
        if "overview" in question.asks and self._free(question, "overview"):
            return self.whole.overview(question)
        if "meta" in question.asks and self._free(question, "meta"):
            return self.whole.meta(question)
        if "names" in question.asks and self._free(question, "names"):
            return self._names(question)
        return None

    def _left(self, question: Question, ask: str) -> tuple[Term, ...]:
        """Return the terms left when the words that ask are taken away."""
        rest = self._patterns[ask].sub(" ", question.rest)
        return tuple(
            term
            for term in _things(self._desk.reader.terms(rest))
            if not self._desk.reader.is_own(term.text)
        )

    def _free(self, question: Question, ask: str) -> bool:
        return not self._left(question, ask)

    def _restriction(
        self, question: Question, ask: str, keys: set[TaskKey]
    ) -> set[TaskKey] | None:
        """Return the tasks a list is about: all, or those that cover what else is asked."""
        left = self._left(question, ask)
        if not left:
            return keys
        found = self._desk.evidences.candidates(left)
        tasks = {item.passage.task for item in found if item.coverage >= _TOPIC_FLOOR}
        return (tasks & keys) or None

    def _count(self, question: Question, scope: tuple[Task, ...] | None) -> Draft | None:
        match = self._patterns["count"].search(question.rest)
        counted = match.group() if match else ""
        if scope is None and not self._free(question, "count"):
            return None
        if scope is not None and question.tasks:
            return None
        kinds = [
            name for name, words in self._lexicon.questions.countable if words.search(counted)
        ]
        kind = kinds[0] if kinds else ""
        if kind == "sections":
            return self.whole.count_sections(question)
        if kind == "figures":
            return self.whole.figures(question, self._plan.figures)
        if kind == "deadlines":
            return self.whole.deadlines(question, self._plan.deadlines, "count")
        if kind == "tasks":
            return self.whole.count_tasks(question, scope or self._plan.tasks)
        return self._names(question) if kind else None

    def _due(self, question: Question, keys: set[TaskKey]) -> Draft | None:
        """List what is due at the time a question names, if that is all it names."""
        asks = [ask for ask in _DUE if ask in question.asks]
        left = min((self._left(question, ask) for ask in asks), key=len, default=())
        times = [term for term in self._desk.reader.terms(question.rest) if self._is_time(term)]
        if not times or any(not self._is_time(term) for term in left):
            return None
        found = [
            deadline
            for deadline in self._plan.deadlines
            if deadline.task in keys
            and all(
                is_at(deadline, term.text, self._plan.year)
                or any(form in key(fold(deadline.quote)) for form, _ in term.forms)
                for term in times
            )
        ]
        return self.whole.deadlines(question, found, "filter") if found else None

    def _is_time(self, term: Term) -> bool:
        if term.text.isdigit():
            return False
        return names_time(term.text) or any(
            form in key(fold(deadline.quote))
            for deadline in self._plan.deadlines
            for form, _ in term.forms
        )

    def _names(self, question: Question) -> Draft | None:
        for kind, words in self._lexicon.questions.kinds:
            if words.search(question.rest) or words.search(question.text):
                programs = [item for item in self._plan.programs if item.kind.value == kind]
                if programs:
                    return self.whole.programs(question, programs)
        programs = [p for p in self._plan.programs if p.kind is not ProgramKind.SLOGAN]
        return self.whole.programs(question, programs) if programs else None

    # -- topics ----------------------------------------------------------------------------

    def _topic(self, question: Question) -> Draft | None:
        """List every passage about a topic, or None where nothing covers it."""
        left = self._left(question, "topic") or question.terms
        either = self._lexicon.questions.either.search(question.text)
        found = [
            item
            for item in self._desk.evidences.candidates(left)
            if not item.passage.heading
            and (
                item.coverage >= _TOPIC_FLOOR
                or (either and any(match.strength >= _TOPIC_FLOOR for match in item.matches))
            )
        ]
        return self._topic_reply(question, found[:_MOST_TOPICS]) if found else None

    def _topic_reply(self, question: Question, found: Sequence[Candidate]) -> Draft:
        found = sorted(found, key=lambda item: item.passage.number)
        draft = self.content.words.quote_all(question, found)
        return replace(
            draft,
            reply=replace(draft.reply, understood=replace(draft.reply.understood, intent="topic")),
        )


def _things(terms: Sequence[Term]) -> list[Term]:
    """Return the terms that name things, single characters left out."""
    return [term for term in terms if term.vital or (term.solid and len(term.text) > 1)]
