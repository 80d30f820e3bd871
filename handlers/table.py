"""The one list of everything the bot reacts to. Order matters: the first that fits is taken."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.services import PlanContext
from handlers import (
    ask,
    browse,
    edited,
    feedback,
    groups,
    inline,
    listings,
    membership,
    other_kinds,
    presses,
    privacy,
    programs,
    reading,
    returning,
    start,
)
from handlers.admin import broadcast, importing, lessons, reload, stats, unanswered
from handlers.buttons import Verb, admin_pattern, pattern
from handlers.reminders import (
    calendar,
    defaults,
    digest,
    remind,
    subscribe,
    subscriptions,
    zone,
)
from handlers.reminders import presses as reminder_presses

_NEW = filters.UpdateType.MESSAGE
_PRIVATE = _NEW & filters.ChatType.PRIVATE
_GROUP = _NEW & filters.ChatType.GROUPS


def first() -> list[BaseHandler[Any, PlanContext, None]]:
    """Return what sees every update before the handlers do."""
    return [TypeHandler(Update, returning.heard_from)]


def handlers() -> list[BaseHandler[Any, PlanContext, None]]:
    """Return the handlers, read from top to bottom."""
    return [
        # Administrators: only new messages in private chats, never edits
        CommandHandler("stats", stats.stats, _PRIVATE),
        CommandHandler("unanswered", unanswered.unanswered, _PRIVATE),
        CommandHandler("reload", reload.reload, _PRIVATE),
        CommandHandler("import", importing.how, _PRIVATE),
        CommandHandler("broadcast", broadcast.broadcast, _PRIVATE),
        MessageHandler(_PRIVATE & lessons.Teaching(), lessons.teach),
        CallbackQueryHandler(unanswered.show_list, admin_pattern("un")),
        CallbackQueryHandler(unanswered.show_one, admin_pattern("uq")),
        CallbackQueryHandler(lessons.ask_alias, admin_pattern("al")),
        CallbackQueryHandler(lessons.ask_synonym, admin_pattern("sy")),
        CallbackQueryHandler(lessons.ask_phrasing, admin_pattern("ph")),
        CallbackQueryHandler(lessons.note_untold, admin_pattern("nt")),
        CallbackQueryHandler(unanswered.resolve, admin_pattern("rs")),
        CallbackQueryHandler(importing.confirm, admin_pattern("im")),
        CallbackQueryHandler(importing.cancel, admin_pattern("ix")),
        CallbackQueryHandler(broadcast.confirm, admin_pattern("bc")),
        CallbackQueryHandler(broadcast.cancel, admin_pattern("bx")),
        # Commands
        CommandHandler("start", start.start, _NEW),
        CommandHandler("help", start.show_help, _NEW),
        CommandHandler("ask", ask.ask_command, _NEW),
        CommandHandler("program", programs.program, _NEW),
        CommandHandler("plan", browse.plan, _NEW),
        CommandHandler("figures", listings.figures, _NEW),
        CommandHandler("deadlines", listings.deadlines, _NEW),
        CommandHandler("feedback", feedback.feedback, _NEW),
        CommandHandler("privacy", privacy.privacy, _NEW),
        CommandHandler("forget", privacy.forget, _NEW),
        # Reminders
        CommandHandler("subscribe", subscribe.subscribe, _NEW),
        CommandHandler("subscriptions", subscriptions.subscriptions, _NEW),
        CommandHandler("remind", remind.remind, _NEW),
        CommandHandler("calendar", calendar.calendar, _NEW),
        CommandHandler("digest", digest.digest, _NEW),
        CommandHandler("timezone", zone.timezone, _NEW),
        CommandHandler("quiet", zone.quiet, _NEW),
        # Buttons
        CallbackQueryHandler(reading.full, pattern(Verb.FULL)),
        CallbackQueryHandler(reading.more, pattern(Verb.MORE)),
        CallbackQueryHandler(reading.choose, pattern(Verb.ASK)),
        CallbackQueryHandler(reading.choose_kept, pattern(Verb.ASK_KEPT)),
        CallbackQueryHandler(reading.choose_name, pattern(Verb.NAME)),
        CallbackQueryHandler(reading.not_meant, pattern(Verb.NOT_MEANT)),
        CallbackQueryHandler(feedback.thumb_up, pattern(Verb.UP)),
        CallbackQueryHandler(feedback.thumb_down, pattern(Verb.DOWN)),
        CallbackQueryHandler(feedback.why, pattern(Verb.WHY)),
        CallbackQueryHandler(browse.show_plans, pattern(Verb.PLANS)),
        CallbackQueryHandler(browse.show_sections, pattern(Verb.SECTIONS)),
        CallbackQueryHandler(browse.show_section, pattern(Verb.SECTION)),
        CallbackQueryHandler(browse.show_task, pattern(Verb.TASK)),
        CallbackQueryHandler(programs.show_programs, pattern(Verb.PROGRAMS)),
        CallbackQueryHandler(listings.picture, pattern(Verb.PICTURE)),
        CallbackQueryHandler(privacy.forget_answer, pattern(Verb.FORGET)),
        CallbackQueryHandler(subscribe.offer, pattern(Verb.SUBSCRIBE, "[0-9a-f]{6}")),
        CallbackQueryHandler(subscribe.choose, pattern(Verb.SUBSCRIBE)),
        CallbackQueryHandler(subscriptions.show_list, pattern(Verb.SUBSCRIPTION, "g")),
        CallbackQueryHandler(subscriptions.manage, pattern(Verb.SUBSCRIPTION, "v")),
        CallbackQueryHandler(subscriptions.toggle_lead, pattern(Verb.SUBSCRIPTION, "l")),
        CallbackQueryHandler(subscriptions.set_hour, pattern(Verb.SUBSCRIPTION, "h")),
        CallbackQueryHandler(subscriptions.follow_chat, pattern(Verb.SUBSCRIPTION, "f")),
        CallbackQueryHandler(defaults.show, pattern(Verb.SUBSCRIPTION, "c")),
        CallbackQueryHandler(defaults.toggle_lead, pattern(Verb.SUBSCRIPTION, "cl")),
        CallbackQueryHandler(defaults.set_hour, pattern(Verb.SUBSCRIPTION, "ch")),
        CallbackQueryHandler(defaults.reset, pattern(Verb.SUBSCRIPTION, "cr")),
        CallbackQueryHandler(subscriptions.pause_or_resume, pattern(Verb.SUBSCRIPTION, "z")),
        CallbackQueryHandler(subscriptions.end, pattern(Verb.SUBSCRIPTION, "x")),
        CallbackQueryHandler(digest.toggle, pattern(Verb.SUBSCRIPTION, "d")),
        CallbackQueryHandler(zone.choose_zone, pattern(Verb.SUBSCRIPTION, "tz")),
        CallbackQueryHandler(reminder_presses.done, pattern(Verb.REMINDER, "d")),
        CallbackQueryHandler(reminder_presses.undo, pattern(Verb.REMINDER, "u")),
        CallbackQueryHandler(reminder_presses.later, pattern(Verb.REMINDER, "[hH]")),
        CallbackQueryHandler(reminder_presses.next_day, pattern(Verb.REMINDER, "[tT]")),
        CallbackQueryHandler(calendar.renew, pattern(Verb.CALENDAR)),
        CallbackQueryHandler(presses.expired),
        # Inline
        InlineQueryHandler(inline.inline),
        # Edits
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited.edited),
        # Groups that moved
        MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated),
        # Texts
        MessageHandler(_GROUP & ~filters.COMMAND & groups.ToUs(), groups.ask_in_group),
        MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, ask.ask_private),
        MessageHandler(_PRIVATE & filters.LOCATION, zone.location),
        # Everything else people send in private
        MessageHandler(_PRIVATE & filters.COMMAND, other_kinds.unknown_command),
        MessageHandler(_PRIVATE & filters.Document.ALL, importing.document_or_other),
        MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, other_kinds.other_kind),
    ]
