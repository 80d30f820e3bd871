"""What leaves for Telegram, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.transport import Upload

HTML = "HTML"


@dataclass(frozen=True, slots=True)
class Text:
    """A message of HTML, already within Telegram's limits.

    `thread` is the topic it belongs in and `reply_to` the message it answers, None for none.
    """

    chat: int
    html: str
    keyboard: InlineKeyboardMarkup | ForceReply | None = None
    thread: int | None = None
    reply_to: int | None = None
    silent: bool = False

    method = "sendMessage"

    def parameters(self) -> dict[str, Any]:
        """Return what the method is called with."""
        return {
            "text": self.html,
            "parse_mode": HTML,
            "link_preview_options": {"is_disabled": True},
        } | _where(self)


@dataclass(frozen=True, slots=True)
class File:
    """A picture or a document with a caption of HTML."""

    chat: int
    upload: Upload
    picture: bool
    html: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    thread: int | None = None
    reply_to: int | None = None
    silent: bool = False

    @property
    def method(self) -> str:
        """Return the method that sends it."""
        return "sendPhoto" if self.picture else "sendDocument"

    @property
    def uploads(self) -> dict[str, Upload]:
        """Return the file by the name of its parameter."""
        return {"photo" if self.picture else "document": self.upload}

    def parameters(self) -> dict[str, Any]:
        """Return what the method is called with, but for the file."""
        caption = {"caption": self.html, "parse_mode": HTML} if self.html else {}
        return caption | _where(self)


@dataclass(frozen=True, slots=True)
class Edit:
    """New HTML, or only new buttons where `html` is None, for a message sent before."""

    chat: int
    message: int
    html: str | None
    keyboard: InlineKeyboardMarkup | None = None

    @property
    def method(self) -> str:
        """Return the method that makes the change."""
        return "editMessageReplyMarkup" if self.html is None else "editMessageText"

    def parameters(self) -> dict[str, Any]:
        """Return what the method is called with."""
        found: dict[str, Any] = {"chat_id": self.chat, "message_id": self.message}
        if self.html is not None:
            found |= {
                "text": self.html,
                "parse_mode": HTML,
                "link_preview_options": {"is_disabled": True},
            }
        if self.keyboard is not None:
            found["reply_markup"] = _markup(self.keyboard)
        return found


@dataclass(frozen=True, slots=True)
class Delete:
    """A message sent before, to be taken back."""

    chat: int
    message: int

    method = "deleteMessage"

    def parameters(self) -> dict[str, Any]:
        """Return what the method is called with."""
        return {"chat_id": self.chat, "message_id": self.message}


Letter: TypeAlias = Text | File | Edit | Delete


def moved(letter: Letter, chat: int) -> Letter:
    """Return the same letter for another chat."""
    return replace(letter, chat=chat)


def without_thread(letter: Letter) -> Letter:
    """Return the same letter outside of any topic."""
    return replace(letter, thread=None) if isinstance(letter, Text | File) else letter


def _markup(markup: InlineKeyboardMarkup | ForceReply) -> dict[str, Any]:
    """Return a reply markup as Telegram takes it; ours by hand, as the library takes long."""
    if isinstance(markup, ForceReply):
        return markup.to_dict()
    return {"inline_keyboard": [list(map(_button, row)) for row in markup.inline_keyboard]}


def _button(button: InlineKeyboardButton) -> dict[str, Any]:
    if isinstance(button.callback_data, str):
        return {"text": button.text, "callback_data": button.callback_data} | (
            {"style": button.style} if button.style else {}
        )
    return button.to_dict()


def _where(letter: Text | File) -> dict[str, Any]:
    found: dict[str, Any] = {"chat_id": letter.chat}
    if letter.thread is not None:
        found["message_thread_id"] = letter.thread
    if letter.reply_to is not None:
        found["reply_parameters"] = {
            "message_id": letter.reply_to,
            "allow_sending_without_reply": True,
        }
    if letter.keyboard is not None:
        found["reply_markup"] = _markup(letter.keyboard)
    if letter.silent:
        found["disable_notification"] = True
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it, under this id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It went out and no answer came: it may have arrived, and sending it again may double it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The chat does not take messages from us any more: blocked, removed, or not there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with this id; nothing was sent."""

    new_id: int


@dataclass(frozen=True, slots=True)
class ThreadGone:
    """The topic is not there any more; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Flood:
    """Nothing was sent: the chat takes nothing for `retry_after` seconds."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was sent, and why; `passing` where it may well work later."""

    reason: str
    passing: bool = field(default=False)


Outcome: TypeAlias = Sent | Ambiguous | Blocked | Migrated | ThreadGone | Flood | Failed
