"""/import: a document is read, what was found is shown, and only then is it used."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from telegram import Update

from bot import imports
from bot.api import RefusedError
from bot.services import LaterError, PlanContext
from bot.transport import MaybeSentError, NotSentError
from handlers.admin import pending
from handlers.admin.guard import admins_only, allowed
from handlers.admin.pending import Action
from handlers.admin.reload import refusal
from handlers.markup import Style, escape, paged, plain
from handlers.other_kinds import other_kind
from handlers.places import Page, place_of, send_html, send_pages
from handlers.presses import acknowledge, change_message, expired
from handlers.wording import say
from knowledge.importer.errors import DocumentError
from knowledge.plan.model import Plan
from knowledge.plan.problems import PlanFileError

_LOG = logging.getLogger(__name__)
_ACTION = Action("import", confirm="im", cancel="ix")


@admins_only
async def how(update: Update, context: PlanContext) -> None:
    """Say how a document is sent."""
    await send_html(context, place_of(update), escape(say("import_how")))


@admins_only
async def document(update: Update, context: PlanContext) -> None:
    """Read a document and show what was found in it."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filter lets only documents through
    sent = message.document
    assert sent is not None  # noqa: S101 - as above
    place = place_of(update)
    services = context.services
    if services.settings.plans is None:
        await send_html(context, place, escape(say("plans_bundled")))
        return
    if (sent.file_size or 0) > imports.LARGEST:
        most = imports.LARGEST // 1024 // 1024
        await send_html(context, place, escape(say("import_too_big", megabytes=most)))
        return
    name = sent.file_name or "plan"
    plan = await _read(update, context, sent.file_id, name)
    if plan is None:
        return
    payload = {"file": sent.file_id, "name": name}
    keyboard = await pending.keep(update, context, _ACTION, payload)
    lines = [plain(say("import_report"), Style.BOLD), *map(plain, imports.report(plan))]
    pages = [Page(text) for text in paged(lines)]
    pages[-1] = replace(pages[-1], keyboard=keyboard)
    await send_pages(context, place, pages)


@admins_only
async def confirm(update: Update, context: PlanContext) -> None:
    """Read the document again and use it; what `check` refuses changes nothing."""
    services = context.services
    place = place_of(update)
    shown = await pending.find(update, context, _ACTION)
    if shown is None:
        return
    folder = services.settings.plans
    if folder is None:
        await expired(update, context)
        return
    await acknowledge(update, context)
    file, name = str(shown.payload["file"]), str(shown.payload["name"])
    plan = await _read(update, context, file, name)
    if plan is None:
        return
    try:
        await asyncio.to_thread(imports.put, plan, folder)
        await services.knowledge.reload()
    except PlanFileError as error:
        await send_pages(context, place, refusal("import_refused", error))
        return
    await change_message(update, context, None, None)
    text = say("import_done", title=plan.title or plan.id, id=plan.id)
    await send_html(context, place, escape(text))


@admins_only
async def cancel(update: Update, context: PlanContext) -> None:
    """Use nothing."""
    await acknowledge(update, context)
    await change_message(update, context, None, None)
    await send_html(context, place_of(update), escape(say("import_cancelled")))


async def _read(update: Update, context: PlanContext, file: str, name: str) -> Plan | None:
    """Return the plan in a file, or say why there is none and return None."""
    try:
        content = await context.services.api.download(file)
        return await asyncio.to_thread(imports.read, name, content)
    except (NotSentError, MaybeSentError) as error:
        raise LaterError(str(error)) from error
    except RefusedError as error:
        reason = error.description
    except DocumentError as error:
        reason = str(error)
    await send_html(context, place_of(update), escape(say("import_failed", reason=reason)))
    return None


async def document_or_other(update: Update, context: PlanContext) -> None:
    """Read a document of an administrator; say to everybody else what can be read."""
    await (document if allowed(update, context) else other_kind)(update, context)
