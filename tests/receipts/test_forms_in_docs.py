"""The pictures in docs/forms are what the forms look like now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageStat

from receipts import slip
from tests import forms
from tests.forms import FOLDER, Drawn, all_forms
from tests.receipts.forms import FORMS
from tests.receipts.samples import SLIP

_DRAWN = list(all_forms())


def apart(one: Image.Image, other: Image.Image) -> float:
    """Return by how many of 255 levels two pictures differ in the mean, 255 for pictures of another size.

    Another version of the drawing library may shade the edges of letters otherwise: that is below 1.
    """
    if one.size != other.size:
        return 255.0
    half = one.width // 2, one.height // 2
    return float(ImageStat.Stat(ImageChops.difference(one.resize(half), other.resize(half))).mean[0])


@pytest.mark.parametrize("drawn", _DRAWN, ids=[one.name for one in _DRAWN])
def test_a_form_looks_like_its_picture(drawn: Drawn) -> None:
    with Image.open(FOLDER / drawn.name) as kept:
        assert apart(kept.convert("L"), drawn.draw()) < 1.0, "run python -m tests.forms and look at the pictures"


def test_every_form_has_its_picture_and_every_picture_its_form() -> None:
    assert {one.kind for one in _DRAWN} == set(FORMS)
    assert {path.name for path in FOLDER.glob("*.png")} == {one.name for one in _DRAWN}
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == forms.page()


def test_a_form_that_lost_a_line_looks_otherwise() -> None:
    whole = forms._first_page(slip.render, SLIP)()
    less = forms._first_page(slip.render, replace(SLIP, fee=""))()
    assert apart(whole, less) > 1.0
