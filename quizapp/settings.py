"""What a learner can set, in one TOML file that they write themselves."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from losses.text import Text
from quizapp.language import say
from quizapp.problem import Problem


class OwnBlueprint(BaseModel):
    """A plan for mock exams: `[blueprints.NAME]` (see `quizapp.learning.blueprints`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    questions: int = Field(ge=1, le=300)
    minutes: float = Field(gt=0, le=600, strict=False)
    title: str = ""
    # Weights; without them, those of the exams that come with the program.
    topics: dict[str, Annotated[float, Field(ge=0, strict=False)]] = {}
    forms: dict[
        Literal["best", "scenario", "worst", "combination", "calculation"],
        Annotated[float, Field(ge=0, strict=False)],
    ] = {}
    beyond: bool = False  # questions beyond the syllabus too


class Settings(BaseModel):
    """The settings and their defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    language: Literal["ja", "en"] = "ja"
    theme: str | None = None  # "dark", "light" or the name of a Textual theme
    new_per_day: int = Field(default=20, ge=0, le=9999)
    reviews_per_day: int = Field(default=200, ge=0, le=9999)
    # Chance of recall at which a card is due. Above 0.97 the work grows without bound.
    desired_retention: float = Field(default=0.9, ge=0.70, le=0.97, strict=False)
    rollover_hour: int = Field(default=4, ge=0, le=23)  # when a study day begins, local time
    ask_confidence: bool = False  # whether to ask before each verdict how sure the learner is
    blueprints: dict[str, OwnBlueprint] = {}  # of mock exams, by name
    # With both, study is planned for the morning of that day (quizapp.learning.exam_plan).
    exam_date: date | None = None
    minutes_per_day: int | None = Field(default=None, ge=1, le=1440)


class SettingsProblem(Problem):
    """The settings file cannot be read or holds something it should not."""

    def __init__(self, text: Text) -> None:
        super().__init__(say(text))
        self.text = text


def read_settings(path: Path) -> Settings:
    """Read the settings; a file that is not there means the defaults.

    Raises SettingsProblem that names the file, the key and what is allowed.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeError) as error:
        raise SettingsProblem(
            Text(f"設定ファイルを読めない: {path}", f"the settings file cannot be read: {path}")
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsProblem(
            Text(
                f"設定ファイルがTOMLとして読めない: {path}: {error}",
                f"the settings file is not TOML: {path}: {error}",
            )
        ) from error
    try:
        return Settings.model_validate(written)
    except ValidationError as error:
        raise SettingsProblem(_complaint(path, error.errors()[0])) from error


def _complaint(path: Path, error: ErrorDetails) -> Text:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        fields = Settings.model_fields if len(error["loc"]) == 1 else OwnBlueprint.model_fields
        known = ", ".join(fields)
        return Text(
            f"設定ファイル{path}に知らない項目がある: {key}（使えるのは {known}）",
            f"unknown key in the settings file {path}: {key} (known are {known})",
        )
    allowed = _ALLOWED.get(_row(error), Text("文字列", "text"))
    return Text(
        f"設定ファイル{path}の{key}が正しくない: {error['input']!r}（使えるのは{allowed.ja}）",
        f"wrong {key} in the settings file {path}: {error['input']!r} (allowed: {allowed.en})",
    )


def _row(error: ErrorDetails) -> str:
    """Return the row of the table of what is allowed: a blueprint's name and its keys vary."""
    match error["loc"]:
        case ("blueprints", _name, "topics" | "forms" as shares, *_rest):
            return str(shares)
        case ("blueprints", _name, field):
            return f"blueprints.{field}"
        case parts:
            return ".".join(str(part) for part in parts)


_SHARES = Text("0以上の数の表", "a table of numbers from 0 on")
_ALLOWED = {
    "blueprints": Text("[blueprints.名前]の表", "tables [blueprints.NAME]"),
    "blueprints.questions": Text("1から300の整数", "a whole number from 1 to 300"),
    "blueprints.minutes": Text("0より大きく600以下の数", "a number above 0, at most 600"),
    "blueprints.beyond": Text("trueかfalse", "true or false"),
    "topics": _SHARES,
    "forms": Text(
        "best、scenario、worst、combination、calculationに0以上の数を与える表",
        "a table that gives best, scenario, worst, combination, calculation numbers from 0 on",
    ),
    "language": Text('"ja"か"en"', '"ja" or "en"'),
    "new_per_day": Text("0から9999の整数", "a whole number from 0 to 9999"),
    "reviews_per_day": Text("0から9999の整数", "a whole number from 0 to 9999"),
    "desired_retention": Text("0.70から0.97の数", "a number from 0.70 to 0.97"),
    "ask_confidence": Text("trueかfalse", "true or false"),
    "rollover_hour": Text("0から23の整数", "a whole number from 0 to 23"),
    "exam_date": Text(
        "引用符なしの日付 2027-02-13 など", "a date without quotes, such as 2027-02-13"
    ),
    "minutes_per_day": Text("1から1440の整数", "a whole number from 1 to 1440"),
}
