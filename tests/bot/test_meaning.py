"""The ranking by meaning beside the bot: nobody waits for its model but who needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation import Conversation, MemoryContexts
from bot.knowledge_base import answerer_for
from bot.meaning import BackgroundMeaning
from bot.patience import MustWaitError
from knowledge.ask.meaning.embedding import is_installed
from knowledge.ask.passages import Passages
from tests.bot.test_conversation import SHANGHAI
from tests.clock import START, ManualClock
from tests.telegram.invented import invented_plan


async def test_it_never_holds_up_an_event_loop(tmp_path: Path) -> None:
    with pytest.raises(MustWaitError):
        BackgroundMeaning(tmp_path).likeness(Passages(invented_plan()), "书")


@pytest.mark.skipif(not is_installed(), reason="the model is not installed")
async def test_a_conversation_waits_for_it_and_answers_as_without_an_event_loop(
    tmp_path: Path,
) -> None:
    answers = answerer_for((invented_plan(),), BackgroundMeaning(tmp_path))
    talk = Conversation(answers, MemoryContexts[str](), ManualClock(), SHANGHAI)
    question = "孩子们晚上能去哪里看书"
    with pytest.raises(MustWaitError):
        answers.answer(question, (await talk.hear("b", "你好"))[-1].context, START.date())
    (turn,) = await talk.hear("a", question)
    assert turn.reply.text
