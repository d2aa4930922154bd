"""What an author is told to write in the place of what is wrong."""

from __future__ import annotations

import pytest

from questions.packfile import PackProblems, read_pack
from tests.questions.packfile.sound import SOUND


@pytest.mark.parametrize(
    ("sound", "broken", "hint"),
    [
        ("    explanation: MAE\n", "", "解答後に示す解説。"),
        ("    source: 統計学\n", "", "出典。"),
        ("right: true}", "right: yes}", "true と書く。"),
        ("tolerance: {decimals: 3}", "tolerance: 0.5", "tolerance: {decimals: 3}"),
        (
            "    source: 統計学\n",
            "    source: 統計学\n    allow: [P112]\n",
            "allow に「P112」は使えない",
        ),
    ],
)
def test_how_to_mend_it(sound: str, broken: str, hint: str) -> None:
    text = SOUND.replace(sound, broken, 1)
    assert text != SOUND
    with pytest.raises(PackProblems) as refused:
        read_pack(text.encode(), name="mine.yaml")
    assert hint in "\n".join(refused.value.lines("ja"))
