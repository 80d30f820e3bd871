"""The plans while the bot runs: remembered answers, and files that change under it."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
from pathlib import Path

import pytest

from bot.knowledge_base import answerer_for
from bot.live import LiveKnowledge, Loaded, load, seed, stamp
from bot.settings import load_settings
from knowledge.ask.reply import Context
from knowledge.plan.library import bundled_plans, load_library
from knowledge.plan.problems import PlanFileError
from knowledge.plan.write import write_plan
from tests.telegram.invented import invented_plan

DAY = dt.date(2031, 3, 3)


async def test_files_that_change_are_taken_up_and_faulty_ones_are_not(tmp_path: Path) -> None:
    write_plan(invented_plan(), tmp_path / "yunchuan-2031.yaml")
    settings = load_settings({"PLANBOT_PLANS": str(tmp_path)})

    def read() -> Loaded:
        library = load_library(tmp_path)
        return Loaded(library, answerer_for(library.plans))

    knowledge = LiveKnowledge(read, lambda: stamp(settings))
    assert not await knowledge.refresh()
    keeper = tmp_path / "yunchuan-2031.keeper.yaml"
    keeper.write_text("aliases:\n  新苗奖: [苗苗]\n", encoding="utf-8")
    assert await knowledge.refresh()
    assert not await knowledge.refresh()
    assert "80名" in knowledge.answer("苗苗", Context(), DAY).reply.text
    keeper.write_text("aliases:\n  没有这个奖: [苗苗]\n", encoding="utf-8")
    with pytest.raises(PlanFileError):
        await knowledge.refresh()
    # It is told of once, and what was there before stays.
    assert not await knowledge.refresh()
    assert "80名" in knowledge.answer("苗苗", Context(), DAY).reply.text


def test_an_empty_folder_is_filled_once_and_one_with_plans_is_left_alone(tmp_path: Path) -> None:
    settings = load_settings({"PLANBOT_PLANS": str(tmp_path / "plans")})
    seed(settings)
    names = {path.name for path in (tmp_path / "plans").iterdir()}
    assert names == {
        path.name for path in bundled_plans().iterdir() if not path.name.startswith(".")
    }
    assert load(settings).library.plans
    (tmp_path / "plans" / sorted(names)[0]).unlink()
    seed(settings)
    assert len(list((tmp_path / "plans").iterdir())) == len(names) - 1


def test_a_folder_whose_filling_was_cut_short_is_filled_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "plans"
    settings = load_settings({"PLANBOT_PLANS": str(folder)})
    copied: list[object] = []

    def breaks(source: Path, target: Path) -> None:
        if copied:
            raise KeyboardInterrupt
        copied.append(target.write_bytes(source.read_bytes()))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", breaks)
        with pytest.raises(KeyboardInterrupt):
            seed(settings)
    assert list(folder.parent.iterdir()) == []
    seed(settings)
    assert load(settings).library.plans
    assert list(folder.parent.iterdir()) == [folder]


def test_what_another_replica_put_there_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plans"
    copy = shutil.copyfile

    def while_another_is_done(source: Path, target: Path) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "mine.yaml").touch()
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", while_another_is_done)
    seed(load_settings({"PLANBOT_PLANS": str(folder)}))
    assert [path.name for path in folder.iterdir()] == ["mine.yaml"]


def test_a_mounted_folder_is_filled_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_self: Path, _target: Path) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(Path, "replace", busy)
    settings = load_settings({"PLANBOT_PLANS": str(tmp_path)})
    seed(settings)
    assert load(settings).library.plans
