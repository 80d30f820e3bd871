"""Questions for everything of a kind that a plan says, told by words beside the kind alone."""

from __future__ import annotations

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.compose.whole import WholePlan
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.amounts import Amounts
from knowledge.ask.whole.drafting import Drafting
from knowledge.ask.whole.dues import Dues
from knowledge.ask.whole.duties import Duties
from knowledge.ask.whole.front import Front
from knowledge.ask.whole.outline import Outline
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.ask.wording import Wording
from knowledge.language.lexicon import QuestionWords


class Surveys:
    """Answers from a whole plan, or a part of it, what is due, whose it is and how much."""

    def __init__(
        self,
        desk: Desk,
        whole: WholePlan,
        lists: RecordLists,
        wording: Wording,
        questions: QuestionWords,
        remains: Remains,
    ) -> None:
        """Make ready what finds each kind."""
        self._front = Front(desk, lists, wording, remains)
        self.duties = Duties(desk, lists, remains)
        self.amounts = Amounts(desk, lists, questions, remains)
        self._kinds = (
            self.duties,
            self.amounts,
            Drafting(desk, lists, remains),
            Outline(desk, whole, remains),
            Dues(desk, lists, remains),
        )

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """Answer with all of the kind that is asked for; None where more is named."""
        draft = self._front.answer(question)
        for kind in self._kinds:
            draft = draft or kind.answer(question, scope)
        return draft
