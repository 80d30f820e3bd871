"""Names of a plan asked for by a word they hold (“叫某某行动的”, “名字里带工程的”)."""

from __future__ import annotations

import re

from knowledge.ask.compose.draft import Draft
from knowledge.ask.compose.lists import RecordLists
from knowledge.ask.desk import Desk
from knowledge.ask.question import Question
from knowledge.ask.whole.remains import Remains
from knowledge.ask.whole.scope import Scope
from knowledge.language.script import fold, key
from knowledge.plan.model import Program

_BEHIND = 7
_CLOSING = '”"』」'
_PIECE = re.compile(r"[^\u4e00-\u9fff]")


class Endings:
    """Lists the names of one plan that hold a word."""

    def __init__(self, desk: Desk, lists: RecordLists, remains: Remains) -> None:
        """Keep the plan's desk, what words the lists, and what reads the questions."""
        self._desk = desk
        self._lists = lists
        self._remains = remains

    def answer(self, question: Question, scope: Scope | None) -> Draft | None:
        """List the names that hold the word; None where more is named or none holds it."""
        text = self._remains.numberless(question)
        words = self._remains.words
        match = words["named_by"].search(text)
        if match is None or words["no_list"].search(text):
            return None
        wanted = next(filter(None, match.groups()))
        rest = f"{text[: match.start()]} {text[match.end() :]}".replace(wanted, " ")
        if self._remains.left(rest, "beside_names"):
            return None
        keys = {task.key for task in (scope.tasks if scope else self._desk.plan.tasks)}
        found = [
            item
            for item in self._desk.plan.programs
            if item.task in keys and wanted in self._called(item)
        ]
        return self._lists.programs(question, found) if found else None

    def _called(self, item: Program) -> str:
        """Return a name with the words that stand right behind its closing mark."""
        source = self._desk.plan.source
        behind = source[item.end : item.end + _BEHIND]
        after = behind[1:] if behind[:1] in _CLOSING else ""
        return key(fold(item.name)) + _PIECE.split(fold(after))[0]
