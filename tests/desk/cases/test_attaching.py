"""Attaching beside an exchange that deletes the files of dossiers that left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.log import Act, Log
from tests.desk.cases.test_reusing import Desk


def test_a_file_that_goes_just_before_its_event_is_saved_is_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    dossier, act = desk.accept(), Log.act

    @contextmanager
    def late(log: Log, actor: str | None) -> Iterator[Act]:
        for path in desk.services.context.attachments_folder.glob("??/*"):
            path.unlink()  # it was a file of a dossier that left, too
        with act(log, actor) as found:
            yield found

    monkeypatch.setattr(Log, "act", late)
    desk.attach(dossier, "giấy chứng sinh")
    assert [one.is_here for one in desk.services.lookup.show(dossier).attachments] == [True]
    desk.services.close()
