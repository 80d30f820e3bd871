"""The whole plan at a glance, and how much of it there is, asked for in everyday words."""

from __future__ import annotations

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope


class Outline:
    """Shows the headings of one plan, or counts them."""

    def __init__(self, desk: Desk, whole: WholePlan, remains: Remains) -> None:
        """Keep the plan's desk, what words the answers, and what reads the questions."""
        self._desk = desk
        self._whole = whole
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """Show or count the headings; None where a question names anything of the plan."""
        named = [item for item in question.mentions if not self._remains.is_own(item.wrote)]
        if named or scope is not None:
            return None
        text = self._remains.numberless(question)
        words = self._remains.words
        rest = words["task_count"].sub(" ", text)
        if rest != text and not self._remains.words_left(rest, "beside_overview"):
            tasks = [task for task in self._desk.plan.tasks if task.number]
            return self._whole.count_tasks(question, tasks)
        for name, answer in (
            ("both_counts", self._whole.count_both),
            ("overview", self._whole.overview),
        ):
            rest = words[name].sub(" ", text)
            if rest != text and not self._remains.words_left(rest, "beside_overview"):
                return answer(question)
        return None
