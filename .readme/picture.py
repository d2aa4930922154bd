"""Draw README's picture: `python .readme/picture.py` writes .readme/verdict.svg.

A numeric question is answered with the sum instead of the mean, on the real screens, with a new
database.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from quizapp.study import Study, open_study
from quizapp.tui.app import QuizApp
from quizapp.tui.opening import Filters, Opening

PICTURE = Path(__file__).with_name("verdict.svg")
# The picture must not ask another server for a font.
FONTS = "ui-monospace, 'Cascadia Mono', Menlo, 'Noto Sans Mono CJK JP', 'BIZ UDGothic', monospace"


async def draw(folder: Path) -> str:
    """Answer the question and return the picture of the verdict."""
    opened: list[Study] = []

    def open_new() -> Study:
        opened.append(open_study(database=str(folder / "quizapp.db")))
        return opened[0]

    filters = Filters(topic="13b", kind="numeric")
    app = QuizApp(Opening(open=open_new, start="study", filters=filters, grace=0.0))
    async with app.run_test(size=(80, 38)) as pilot:
        await shown(pilot, "平均二乗誤差")
        served = opened[0].session(kind="numeric", topic="13b").next(computing_ready=True)
        given = served.variant.given
        errors = [a - b for a, b in zip(given["pred"], given["target"], strict=True)]
        await pilot.press(*f"{sum(error * error for error in errors):.3f}", "enter")
        await shown(pilot, "見つかった誤り")
        return app.export_screenshot(title="quizapp")


async def shown(pilot: Pilot[None], text: str) -> None:
    """Wait until the screen shows a text."""
    while text not in re.sub(r"<[^>]*>|&#160;", "", pilot.app.export_screenshot()):
        await pilot.pause(0.1)


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(draw(Path(folder)))
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(
        r'font-family: (?:"?Fira Code"?|[^;]*monospace);', f"font-family: {FONTS};", picture
    )
    PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
