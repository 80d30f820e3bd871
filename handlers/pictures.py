"""Pictures of a plan: a table of its targets, and a timeline of its deadlines."""

from __future__ import annotations

from handlers.canvas import (
    ACCENT,
    BAND,
    LINE,
    MARGIN,
    QUIET,
    WIDTH,
    Canvas,
    height,
    line_height,
)
from handlers.wording import say
from knowledge.plan.model import Deadline, DeadlineKind, Figure, Plan

_TITLE = 46
_TEXT = 34
_SMALL = 28
_PAD = 18

_TASK_X = MARGIN + 16
_SUBJECT_X = MARGIN + 130
_TARGET_X = MARGIN + 560
_SUBJECT_WIDTH = _TARGET_X - _SUBJECT_X - 24
_TARGET_WIDTH = WIDTH - MARGIN - 16 - _TARGET_X

_AXIS_X = MARGIN + 128
_EVENT_X = _AXIS_X + 44
_EVENT_WIDTH = WIDTH - MARGIN - _EVENT_X
_DAY_WIDTH = 210
_FOOT = 120


def figures_picture(plan: Plan) -> bytes:
    """Return a PNG with a table of a plan's figures: task, subject, target."""
    canvas = Canvas()
    _heading(canvas, say("picture_figures", title=plan.title or plan.id))
    _header(canvas)
    shown = 0
    for figure in plan.figures:
        if canvas.left < _row_height(figure) + _FOOT:
            break
        _row(canvas, figure, banded=shown % 2 == 1)
        shown += 1
    canvas.rule()
    _foot(canvas, say("picture_note", count=len(plan.figures)), len(plan.figures) - shown)
    return canvas.png()


def deadlines_picture(plan: Plan) -> bytes:
    """Return a PNG with a plan's deadlines along the months of its year."""
    canvas = Canvas()
    _heading(canvas, say("picture_deadlines", title=plan.title or plan.id))
    dated = sorted(
        (deadline for deadline in plan.deadlines if deadline.date is not None),
        key=lambda deadline: (deadline.date, deadline.start),
    )
    left = len(plan.deadlines)
    left -= _timeline(canvas, plan, dated)
    for kind, title in (
        (DeadlineKind.RECURRING, "picture_recurring"),
        (DeadlineKind.OPEN, "picture_open"),
    ):
        rest = [deadline for deadline in plan.deadlines if deadline.kind is kind]
        left -= _list(canvas, plan, say(title), rest)
    _foot(canvas, say("picture_note_dates", count=len(plan.deadlines)), left)
    return canvas.png()


def _heading(canvas: Canvas, text: str) -> None:
    canvas.y += canvas.text(MARGIN, WIDTH - 2 * MARGIN, text, _TITLE)
    canvas.draw.rectangle((MARGIN, canvas.y + 6, MARGIN + 96, canvas.y + 12), fill=ACCENT)
    canvas.y += 40


def _header(canvas: Canvas) -> None:
    canvas.text(_TASK_X, 100, say("picture_task"), _SMALL, QUIET)
    canvas.text(_SUBJECT_X, _SUBJECT_WIDTH, say("picture_subject"), _SMALL, QUIET)
    canvas.text(_TARGET_X, _TARGET_WIDTH, say("picture_target"), _SMALL, QUIET)
    canvas.y += line_height(_SMALL) + 8
    canvas.rule()


def _row_height(figure: Figure) -> int:
    subject = height(figure.subject, _TEXT, _SUBJECT_WIDTH)
    return max(subject, height(figure.quote, _TEXT, _TARGET_WIDTH)) + 2 * _PAD


def _row(canvas: Canvas, figure: Figure, *, banded: bool) -> None:
    tall = _row_height(figure)
    if banded:
        box = (MARGIN, canvas.y + 1, WIDTH - MARGIN, canvas.y + tall)
        canvas.draw.rectangle(box, fill=BAND)
    canvas.y += _PAD
    canvas.text(_TASK_X, 100, str(figure.task.number), _TEXT, QUIET)
    canvas.text(_SUBJECT_X, _SUBJECT_WIDTH, figure.subject, _TEXT)
    canvas.text(_TARGET_X, _TARGET_WIDTH, figure.quote, _TEXT, ACCENT)
    canvas.y += tall - _PAD


def _timeline(canvas: Canvas, plan: Plan, dated: list[Deadline]) -> int:
    """Draw the dated deadlines month by month and return how many there was room for."""
    top = canvas.y
    points: list[int] = []
    last: tuple[int, int] | None = None
    for deadline in dated:
        assert deadline.date is not None  # noqa: S101 - only dated ones come here
        text = _event(plan, deadline)
        tall = line_height(_TEXT) + height(text, _SMALL, _EVENT_WIDTH) + 2 * _PAD
        if canvas.left < tall + _FOOT:
            break
        month = (deadline.date.year, deadline.date.month)
        if month != last:
            canvas.y += 14
            canvas.text(MARGIN, 120, say("picture_month", month=month[1]), _TEXT)
            last = month
        points.append(canvas.y + line_height(_TEXT) // 2)
        day = f"{deadline.date:%Y-%m-%d}"
        canvas.text(_EVENT_X, _EVENT_WIDTH, day, _TEXT)
        canvas.y += canvas.text(
            _EVENT_X + _DAY_WIDTH, _EVENT_WIDTH - _DAY_WIDTH, deadline.quote, _TEXT, ACCENT
        )
        canvas.y += canvas.text(_EVENT_X, _EVENT_WIDTH, text, _SMALL) + 2 * _PAD
    if points:
        canvas.draw.line((_AXIS_X, top, _AXIS_X, canvas.y - _PAD), fill=LINE, width=4)
    for point in points:
        canvas.draw.ellipse((_AXIS_X - 11, point - 11, _AXIS_X + 11, point + 11), fill=ACCENT)
    return len(points)


def _list(canvas: Canvas, plan: Plan, title: str, rest: list[Deadline]) -> int:
    """Draw deadlines without a day as a list and return how many there was room for."""
    width = WIDTH - 2 * MARGIN
    shown = 0
    for deadline in rest:
        text = _event(plan, deadline)
        tall = height(text, _SMALL, width) + line_height(_SMALL) + _PAD
        if canvas.left < tall + _FOOT + 2 * line_height(_TEXT):
            break
        if not shown:
            canvas.y += 10
            canvas.rule()
            canvas.y += _PAD
            canvas.y += canvas.text(MARGIN, width, title, _TEXT) + 6
        canvas.y += canvas.text(MARGIN, width, deadline.quote, _SMALL, ACCENT)
        canvas.y += canvas.text(MARGIN, width, text, _SMALL) + _PAD
        shown += 1
    return shown


def _event(plan: Plan, deadline: Deadline) -> str:
    """Return the sentence of a deadline and its task."""
    clause = next(
        (item.text for item in plan.clauses if item.start <= deadline.start < item.end),
        deadline.quote,
    )
    return f"{clause.strip()}({say('task', number=deadline.task.number)})"


def _foot(canvas: Canvas, note: str, left: int) -> None:
    canvas.y += _PAD
    text = note + (f" · {say('picture_cut', count=left)}" if left > 0 else "")
    canvas.y += canvas.text(MARGIN, WIDTH - 2 * MARGIN, text, _SMALL, QUIET)
