"""The forecast of an exam as paragraphs, with a bar for every topic that something is known of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from quizapp import readiness_wording as wording
from quizapp.language import _
from quizapp.tui.page import BLANK, Paragraph

if TYPE_CHECKING:
    from quizapp.learning.readiness import Forecast, TopicForecast
    from quizapp.learning.readiness_report import ReadinessReport

_HEADING = "bold $text-primary"
_QUIET = "$text-muted"
_GAP = 2
_LONGEST_NAME = 34  # cells
_LEAST_BAR, _MOST_BAR = 8, 40  # cells


@dataclass(frozen=True, slots=True, eq=False)
class TopicRow(Paragraph):
    """A name, a bar that takes the room there is, and figures; always one line.

    `text` is not shown. `name` and `figures` are padded alike in all rows.
    """

    name: str = ""
    figures: str = ""
    topic: TopicForecast | None = None

    def lines(self, width: int) -> list[Content]:
        """Return the line at a width in cells; where there is no room, the name gives way."""
        left = width - cell_len(self.figures) - 2 * _GAP
        bar = max(_LEAST_BAR, min(_MOST_BAR, left - cell_len(self.name)))
        name = set_cell_size(self.name, max(0, min(cell_len(self.name), left - bar)))
        gap = " " * _GAP
        return [Content.assemble(name, gap, self._bar(bar), gap, (self.figures, _QUIET))]

    def _bar(self, cells: int) -> Content:
        if self.topic is None:
            return Content("")
        begin, end = wording.bar_cells(self.topic, cells=cells)
        return Content.assemble(
            Content.styled(" " * begin, "on $panel"),
            Content.styled(" " * (end - begin), "on $primary"),
            Content.styled(" " * (cells - end), "on $panel"),
        )

    @property
    def widest(self) -> int:
        """Return the width at which the bar is longest."""
        return cell_len(self.name) + cell_len(self.figures) + _MOST_BAR + 2 * _GAP


def readiness_paragraphs(report: ReadinessReport) -> list[Paragraph]:
    """Return everything that is said of an exam to come."""
    made = report.forecast
    return [
        Paragraph(Content(wording.exam(made))),
        BLANK,
        *_named(
            (_("Score"), wording.score(made)),
            (
                _("{mark} or more").format(mark=wording.percent(made.target.mark)),
                wording.passing(made),
            ),
        ),
        Paragraph(Content.styled(wording.mark(made), _QUIET)),
        *_topics(made),
        BLANK,
        Paragraph(Content.styled(_("What it rests on"), _HEADING)),
        *(Paragraph(Content(line)) for line in wording.evidence(report.evidence)),
        BLANK,
        Paragraph(Content.styled(_("How good forecasts were"), _HEADING)),
        Paragraph(Content(wording.calibration(report.calibration))),
    ]


def _named(*rows: tuple[str, str]) -> list[Paragraph]:
    column = max(cell_len(name) for name, _value in rows) + _GAP
    return [
        Paragraph(
            Content.styled(value, "bold"),
            Content.styled(name + " " * (column - cell_len(name)), _HEADING),
        )
        for name, value in rows
    ]


def _topics(made: Forecast) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    known = [each for each in made.topics if not each.unknown]
    if known:
        figures = [
            (wording.interval(each), wording.answers(each), wording.percent(each.weight))
            for each in known
        ]
        widths = [max(map(cell_len, column)) for column in zip(*figures, strict=True)]
        names = [wording.topic_name(each.topic) for each in known]
        longest = min(_LONGEST_NAME, max(map(cell_len, names)))
        paragraphs += [
            BLANK,
            Paragraph(Content.styled(_("By topic"), _HEADING)),
            Paragraph(
                Content.styled(
                    _(
                        "Share of new questions that would be right, from 0% to 100%; answers; "
                        "share of the exam"
                    ),
                    _QUIET,
                )
            ),
            *(
                TopicRow(
                    Content(""),
                    name=set_cell_size(name, longest),
                    figures=(" " * _GAP).join(
                        " " * (width - cell_len(text)) + text
                        for text, width in zip(row, widths, strict=True)
                    ),
                    topic=each,
                )
                for each, name, row in zip(known, names, figures, strict=True)
            ),
        ]
    names_unknown = wording.unknown(made)
    if names_unknown is not None:
        paragraphs += [
            BLANK,
            Paragraph(Content.styled(_("Unknown, not tried yet"), _HEADING)),
            Paragraph(Content(names_unknown)),
        ]
    return paragraphs
