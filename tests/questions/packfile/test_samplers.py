"""What keeps a sampler from giving numbers is said before anything is drawn."""

from __future__ import annotations

import pytest

from questions.model import Boxes
from questions.packfile.samplers import sampler_complaints


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"high": 0}, ("high",)),
        ({"high": -1}, ("high",)),
        ({"size": 0}, ("size",)),
        ({"size": 51}, ("size",)),
        ({"high": 10**13}, ("high",)),
        ({"low": -(10**13)}, ("low",)),
    ],
)
def test_boxes_that_cannot_be_drawn(changes: dict[str, int], path: tuple[str, ...]) -> None:
    sampler = Boxes.model_validate({"sample": "boxes", "low": 0, "high": 1, **changes})
    assert [complaint.path for complaint in sampler_complaints(sampler)] == [path]


@pytest.mark.parametrize("size", [None, 1, 50])
def test_the_smallest_range_holds_a_box(size: int | None) -> None:
    sampler = Boxes.model_validate({"sample": "boxes", "low": 0, "high": 1, "size": size})
    assert list(sampler_complaints(sampler)) == []
