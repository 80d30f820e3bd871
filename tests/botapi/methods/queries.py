"""answerCallbackQuery and answerInlineQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.botapi import formatted, utf16
from tests.botapi.errors import ApiError, bad_request
from tests.botapi.keyboards import read_markup
from tests.botapi.params import read_formatted
from tests.botapi.state import CallbackAnswer, InlineAnswer

if TYPE_CHECKING:
    from tests.botapi.params import Params
    from tests.botapi.state import World

_ALERT_UNITS = 200
_MOST_RESULTS = 50
_ID_BYTES = 64
_OFFSET_BYTES = 64


async def answer_callback_query(world: World, params: Params) -> object:
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or press.answer is not None:
        raise _too_old()
    if world.clock() - press.at > world.query_lifetime:
        raise _too_old()
    text = params.text("text")
    if utf16.length(text) > _ALERT_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = CallbackAnswer(text, params.flag("show_alert"), params.text("url"))
    world.touch()
    return True


async def answer_inline_query(world: World, params: Params) -> object:
    question = world.questions.get(params.text("inline_query_id"))
    if question is None or question.answer is not None:
        raise _too_old()
    if world.clock() - question.at > world.query_lifetime:
        raise _too_old()
    results = params.structure("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query result: expected an Array")
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        seen.add(_checked_result(result, seen))
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > _OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    cache_time = params.integer("cache_time")
    question.answer = InlineAnswer(
        results,
        next_offset,
        params.flag("is_personal"),
        300 if cache_time is None else cache_time,
        params.mapping("button"),
    )
    world.touch()
    return True


def _checked_result(result: Any, seen: set[str]) -> str:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= _ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result_id in seen:
        raise bad_request("RESULT_ID_DUPLICATE")
    if result.get("type") == "article":
        _check_article(result)
    read_markup(result.get("reply_markup"))
    return result_id


def _check_article(result: dict[str, Any]) -> None:
    if not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: input_message_content is missing")
    text = read_formatted(
        str(content["message_text"]), str(content.get("parse_mode") or ""), content.get("entities")
    ).text
    if not text:
        raise bad_request("message text is empty")
    if utf16.length(text) > formatted.TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")


def _too_old() -> ApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
