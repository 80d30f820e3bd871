"""Reply markup, checked button by button."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.botapi import utf16
from tests.botapi.errors import Json, bad_request

MOST_BUTTONS = 100
MOST_IN_ROW = 8
CALLBACK_BYTES = 64
COPY_UNITS = 256

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_STYLES = frozenset({"primary", "success", "danger"})
_URL = re.compile(r"(?:https?|tg)://\S+|[\w-]+(?:\.[\w-]+)+\S*")


@dataclass(frozen=True, slots=True)
class Button:
    """One button of an inline keyboard.

    Args:
        text: Its label.
        action: The field that says what it does, e.g. ``callback_data``.
        value: The value of that field.
    """

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str:
        """The callback data of a callback button."""
        if self.action != "callback_data":
            raise AssertionError(f"“{self.text}” is a {self.action} button")
        return str(self.value)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked reply markup: its JSON, and its buttons when it is inline."""

    payload: Json
    rows: Rows = ()

    @property
    def is_inline(self) -> bool:
        return bool(self.rows)


def read_markup(payload: Json | None) -> Markup | None:
    """Checks a reply markup; an empty inline keyboard is none at all."""
    if not payload:
        return None
    if "inline_keyboard" not in payload:
        return _other_markup(payload)
    raw_rows = payload["inline_keyboard"]
    if not isinstance(raw_rows, list) or not all(isinstance(row, list) for row in raw_rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Arrays")
    rows = tuple(tuple(_button(item) for item in row) for row in raw_rows if row)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > MOST_IN_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_INVALID")
    if not rows:
        return None
    return Markup({"inline_keyboard": [row for row in raw_rows if row]}, rows)


def _other_markup(payload: Json) -> Markup:
    known = ("keyboard", "remove_keyboard", "force_reply")
    if not any(name in payload for name in known):
        raise bad_request("object expected as reply markup")
    return Markup(payload)


def _button(item: Any) -> Button:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(item, dict):
        raise bad_request(prefix + "InlineKeyboardButton must be an Object")
    text = item.get("text")
    if not isinstance(text, str):
        raise bad_request(prefix + 'Field "text" must be of type String')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if item.get(name) not in (None, False)]
    # Telegram reads empty callback data as no action at all.
    actions = [name for name in actions if name != "callback_data" or item[name] != ""]
    if not actions:
        raise bad_request(prefix + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram would quietly take the first; a bot that sends two has a mistake to find.
        raise bad_request(prefix + f"exactly one action is allowed, found {actions}")
    if item.get("style") is not None and item["style"] not in _STYLES:
        raise bad_request(prefix + "unsupported button style specified")
    action, value = actions[0], item[actions[0]]
    _check_action(action, value)
    return Button(text, action, value)


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode()) > CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= utf16.length(text) <= COPY_UNITS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "url" and (not isinstance(value, str) or not _URL.fullmatch(value)):
        raise bad_request("BUTTON_URL_INVALID")
