"""Inline: `@bot keyword` in any chat lists what the plans say, and posts it with its place."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)

from bot.api import RefusedError
from bot.letters import HTML
from bot.patience import patiently
from bot.services import PlanContext
from bot.transport import MaybeSentError, NotSentError
from handlers import markup
from handlers.buttons import plan_tag
from handlers.markup import Block, Shape, Style
from handlers.render import place_line, task_blocks
from handlers.start import link_of
from handlers.wording import say
from knowledge.ask.reply import Context, Evidence, Outcome
from knowledge.language.script import fold, key
from knowledge.plan.library import Library
from knowledge.plan.model import Clause, Plan, Task, TaskKey

_LOG = logging.getLogger(__name__)

_MOST = 30
_PREVIEW = 100
_CACHED = 60


async def inline(update: Update, context: PlanContext) -> None:
    """Answer an inline query with names, figures and tasks that match, or the sections."""
    query = update.inline_query
    assert query is not None  # noqa: S101 - the handler lets only inline queries through
    results = await patiently(lambda: InlineResults(context).find(query.query))
    wanted: dict[str, Any] = {
        "inline_query_id": query.id,
        "results": [result.to_dict() for result in results],
        "cache_time": _CACHED,
    }
    if not results:
        button = {"text": say("inline_nothing"), "start_parameter": "inline"}
        wanted |= {"button": button, "cache_time": 5}
    try:
        await context.services.api.call("answerInlineQuery", wanted)
    except (RefusedError, NotSentError, MaybeSentError) as error:
        _LOG.info("an inline query was not answered: %s", error)


class InlineResults:
    """What can be posted from an inline query."""

    def __init__(self, context: PlanContext) -> None:
        self._services = context.services
        self._library = context.services.knowledge.library
        self._username = context.bot.username

    def find(self, text: str) -> list[InlineQueryResultArticle]:
        """Return at most 30 results, names before figures before tasks."""
        wanted = key(fold(text))
        if not wanted:
            found = self._sections() if not text.strip() else iter(())
        else:
            found = self._matching(wanted, text)
        results: dict[str, InlineQueryResultArticle] = {}
        for result in found:
            results.setdefault(result.id, result)
            if len(results) == _MOST:
                break
        return list(results.values())

    def _matching(self, wanted: str, text: str) -> Iterator[InlineQueryResultArticle]:
        plans = self._library.newest_first()
        yield from self._programs(plans, wanted)
        for plan in plans:
            for figure in plan.figures:
                clause = _clause(plan, figure.start)
                if clause is not None and wanted in key(fold(figure.subject + clause.text)):
                    bold = (figure.quote,)
                    yield self._quote(
                        plan, clause, f"f{figure.start}", figure.quote, "figure", bold
                    )
            for task in plan.tasks:
                if wanted in key(fold(task.title or task.text)):
                    yield self._task(plan, task)
        yield from self._answer(text)

    def _programs(self, plans: list[Plan], wanted: str) -> Iterator[InlineQueryResultArticle]:
        for plan in plans:
            seen: set[str] = set()
            for program in plan.programs:
                names = (program.name, *program.aliases)
                clause = _clause(plan, program.start)
                if program.name in seen or clause is None:
                    continue
                if any(wanted in key(fold(name)) for name in names):
                    seen.add(program.name)
                    bold = (program.name,)
                    yield self._quote(
                        plan, clause, f"p{program.start}", program.name, "program", bold
                    )

    def _answer(self, text: str) -> Iterator[InlineQueryResultArticle]:
        """Yield what the text is answered with as a question, spelt however it is."""
        today = self._services.clock.now().astimezone(self._services.settings.timezone).date()
        reply = self._services.knowledge.answers.answer(text, Context(), today).reply
        if reply.outcome not in (Outcome.ANSWERED, Outcome.AMBIGUOUS):
            return
        for item in reply.evidence:
            plan = self._library.get(item.plan)
            if plan is not None and item.task is not None:
                bold = tuple(figure.quote for _, figure in reply.figures)
                task = TaskKey(item.section or 0, item.task)
                clause = Clause(task, item.quote, item.start, item.end)
                yield self._quote(plan, clause, f"a{item.start}", item.title, "task", bold)

    def _quote(
        self,
        plan: Plan,
        clause: Clause,
        name: str,
        title: str,
        kind: str,
        bold: tuple[str, ...],
    ) -> InlineQueryResultArticle:
        task = plan.task(clause.task)
        place = _place(plan, task, self._library)
        spans = markup.marked(clause.text.strip(), [(word, Style.BOLD) for word in bold])
        blocks = [Block(spans, Shape.QUOTE), markup.plain(place, Style.ITALIC)]
        return self._article(
            f"{plan_tag(plan.id)}{name}",
            title or say("task", number=task.number),
            f"{clause.text.strip()}\n{say(f'inline_{kind}', place=place)}",
            markup.paged(blocks)[0],
            link_of(self._library, plan, task),
        )

    def _task(self, plan: Plan, task: Task) -> InlineQueryResultArticle:
        place = _place(plan, task, self._library)
        return self._article(
            f"{plan_tag(plan.id)}t{task.section}-{task.number}",
            say("task", number=task.number) + f" {task.title}",
            say("inline_task", place=place),
            markup.paged(task_blocks(plan, task))[0],
            link_of(self._library, plan, task),
        )

    def _sections(self) -> Iterator[InlineQueryResultArticle]:
        for plan in self._library.newest_first():
            for section in plan.sections:
                tasks = [task for task in plan.tasks if task.section == section.number]
                title = f"{section.label}{section.title}"
                names = [
                    markup.plain(say("task", number=task.number) + f" {task.title}")
                    for task in tasks
                ]
                head = markup.plain(f"{plan.title}\n{title}", Style.BOLD)
                link = link_of(self._library, plan, tasks[0]) if tasks else "inline"
                yield self._article(
                    f"{plan_tag(plan.id)}s{section.number}",
                    title,
                    say("inline_section", count=len(tasks)),
                    markup.paged([head, *names])[0],
                    link,
                )

    def _article(
        self, name: str, title: str, description: str, html: str, link: str
    ) -> InlineQueryResultArticle:
        url = f"https://t.me/{self._username}?start={link}"
        return InlineQueryResultArticle(
            id=name,
            title=markup.cut(title, _PREVIEW),
            description=markup.cut(description, _PREVIEW * 2),
            input_message_content=InputTextMessageContent(
                html, HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton(say("inline_open"), url=url)]]
            ),
        )


def _clause(plan: Plan, at: int) -> Clause | None:
    """Return the sentence that holds a character of the plan."""
    return next((clause for clause in plan.clauses if clause.start <= at < clause.end), None)


def _place(plan: Plan, task: Task, library: Library) -> str:
    where = Evidence(
        plan.id, task.section or None, task.number, task.title, task.text, task.start, task.end
    )
    return place_line(where, library)
