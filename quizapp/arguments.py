"""The words of the command line: what may be typed, the help, and what is said of a wrong word.

Built on argparse, which speaks English and counts characters: here it speaks the learner's
language and lays Japanese out in terminal cells.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from questions.kinds import KINDS
from quizapp import __version__
from quizapp.language import LANGUAGES, _
from quizapp.problem import Problem

if TYPE_CHECKING:
    from datetime import date

_WIDEST = 80  # lines of the help get no longer, however wide the terminal is


class UsageProblem(Problem):
    """The words make no command; the message says which word and why."""


def read(words: Sequence[str]) -> argparse.Namespace:
    """Return what the words ask for. Raises UsageProblem; `--help` and `--version` exit.

    Always there: command (None for the home screen), lang, database, debug.
    """
    arguments, unknown = _parser().parse_known_args(words)
    if unknown:
        raise UsageProblem(_("Unknown: {words}.").format(words=" ".join(unknown)))
    for name, default in (("lang", None), ("database", None), ("debug", False)):
        setattr(arguments, name, getattr(arguments, name, default))
    return arguments


def option(words: Sequence[str], name: str) -> str | None:
    """Return the value of an option such as `--lang` before the words are understood."""
    for index, word in enumerate(words):
        if word == "--":
            break
        if word == name:
            return words[index + 1] if index + 1 < len(words) else None
        if word.startswith(f"{name}="):
            return word.removeprefix(f"{name}=")
    return None


def _parser() -> _Parser:
    parser = _Parser(
        prog="quizapp",
        description=_(
            "Learn loss functions for the JDLA G certificate in the terminal. Numbers you type are "
            "checked by running PyTorch on the numbers shown. Without a command, the home screen "
            "opens."
        ),
    )
    parser.own_options.add_argument(
        "--version",
        action="version",
        version=f"quizapp {__version__}",
        help=_("show the version"),
    )
    commands = parser.add_subparsers(
        dest="command", title=_("commands"), metavar="COMMAND", prog="quizapp"
    )
    for name, summary, add in (
        ("study", _("study what is due, with new questions among it"), _add_study),
        ("exam", _("a mock exam against the clock"), _add_exam),
        ("plan", _("what minutes a day lead to on the day of the exam"), _add_plan),
        ("ask", _("one question without a session; nothing is recorded"), _add_ask),
        ("losses", _("the catalogue of loss functions, or one of them"), _add_losses),
        ("pack", _("packs of questions: write, check, build and install them"), _add_pack),
        ("optimize", _("fit the schedule to your memory"), _add_optimize),
        ("readiness", _("how an exam would go today, and what that rests on"), _add_readiness),
        ("stats", _("what you have learnt, and what comes"), _add_stats),
        ("resume", _("ask suspended questions again; without one, list them"), _add_resume),
        ("doctor", _("whether the schedule is what your answers tell"), _add_doctor),
        ("export", _("your answers as JSON lines, without your name"), _add_export),
    ):
        add(commands.add_parser(name, help=summary, description=summary))
    return parser


def _add_study(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument(
        "--topic", type=_topic, metavar="TOPIC", help=_("only this topic, such as 13b")
    )
    options.add_argument(
        "--kind",
        type=_one_of(KINDS),
        metavar="KIND",
        help=_("only this kind of question: {kinds}").format(kinds=", ".join(KINDS)),
    )
    options.add_argument(
        "--pack", metavar="ID", help=_("only this pack, such as one that you installed")
    )
    options.add_argument("--limit", type=_count, metavar="N", help=_("end after this many answers"))
    options.add_argument(
        "--minutes", type=_count, metavar="N", help=_("end after this many minutes")
    )
    options.add_argument(
        "--plain",
        action="store_true",
        help=_("line by line, without drawing: for screen readers and pipes"),
    )


def _add_exam(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument(
        "--blueprint",
        metavar="NAME",
        help=_("which exam: loss-mini (if not given), loss-full, item13-sprint, or your own"),
    )
    options.add_argument(
        "--questions", type=_count, metavar="N", help=_("another number of questions")
    )
    options.add_argument("--minutes", type=_count, metavar="N", help=_("another time"))
    options.add_argument(
        "--practice",
        action="store_true",
        help=_("judge each answer at once; the clock may be paused"),
    )
    options.add_argument(
        "--seed", type=_seed, metavar="N", help=_("the same number draws the same exam")
    )
    options.add_argument(
        "--resume", action="store_true", help=_("go on with the exam that was interrupted")
    )
    options.add_argument(
        "--plain",
        action="store_true",
        help=_("line by line, without drawing: for screen readers and pipes"),
    )
    options.add_argument("--list", action="store_true", help=_("earlier exams"))
    options.add_argument(
        "--report",
        nargs="?",
        const="",
        metavar="ID",
        help=_("the report of an exam; without ID, of the latest one"),
    )
    options.add_argument(
        "--json", action="store_true", help=_("write JSON, with --list or --report")
    )


def _add_plan(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument(
        "--exam-date",
        type=_date,
        metavar="YYYY-MM-DD",
        help=_("the day of the exam; without it, that of the settings"),
    )
    options.add_argument(
        "--minutes",
        type=_minutes_of_a_day,
        metavar="N",
        help=_("minutes a day; without it, those of the settings"),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_ask(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "question", metavar="QUESTION", help=_("id of a question, such as pack/question")
    )
    options.add_argument(
        "--seed",
        type=_seed,
        default=0,
        metavar="N",
        help=_("the same number draws the same numbers; 0 if not given"),
    )
    options.add_argument(
        "--answer",
        metavar="TEXT",
        help=_(
            "grade this answer; one that starts with a minus sign: --answer=-0.5; "
            "one that is in a file: @FILE"
        ),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_losses(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "words",
        nargs="*",
        metavar="ID",
        help=_('a loss, such as huber; "compute ID" computes one; without it, all are listed'),
    )
    options.add_argument(
        "--input",
        metavar="JSON",
        help=_(
            "for compute: arguments and options of the loss as a JSON object, such as "
            '{"pred": [1, 2], "target": [0, 4]}; - reads it from standard input'
        ),
    )
    options.add_argument(
        "--grad",
        metavar="NAME",
        help=_("for compute: also the gradient with respect to this argument"),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_optimize(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument("--json", action="store_true", help=_("write JSON"))
    options.add_argument(
        "--dry-run", action="store_true", help=_("only say what would change; nothing is stored")
    )


def _add_pack(parser: _Parser) -> None:
    actions = parser.add_subparsers(
        dest="action", title=_("commands"), metavar="COMMAND", prog="quizapp pack", required=True
    )
    for name, summary, add in (
        ("new", _("a folder with a pack to begin with"), _add_pack_new),
        ("schema", _("the JSON Schema of pack files, for editors"), _add_nothing),
        ("check", _("everything that is wrong with packs, with its place"), _add_pack_check),
        ("preview", _("try the questions of a pack; nothing is recorded"), _add_pack_preview),
        ("watch", _("write a pack: findings and questions anew at every save"), _add_pack_watch),
        ("blind", _("a pack as an exam paper without its key"), _add_pack_blind),
        ("stats", _("what learners' answers say of the questions of a pack"), _add_pack_stats),
        ("build", _("a pack as one file to be given out"), _add_pack_build),
        ("verify", _("whether a .quizpack is what its maker made"), _add_pack_verify),
        ("keygen", _("keys to sign packs with"), _add_pack_keygen),
        ("install", _("let everybody who uses the database learn with packs"), _add_pack_install),
        ("rescore", _("judge old answers by a key that was mended"), _add_pack_rescore),
        ("remove", _("take a pack out of use; answers are kept"), _add_pack_remove),
        ("list", _("the packs that are installed"), _add_pack_list),
    ):
        add(actions.add_parser(name, help=summary, description=summary))


def _add_nothing(parser: _Parser) -> None:
    """Let a command have no words and options of its own."""


def _add_pack_new(parser: _Parser) -> None:
    parser.own_words.add_argument("folder", metavar="DIR", help=_("the folder to be made"))


def _add_pack_build(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "path", metavar="PATH", help=_("a pack file, or the folder of a pack")
    )
    options.add_argument(
        "-o", "--output", metavar="FILE", help=_("the file to be written, such as mine.quizpack")
    )
    options.add_argument("--sign", metavar="KEY", help=_("sign with this private key"))


def _add_pack_verify(parser: _Parser) -> None:
    parser.own_words.add_argument("path", metavar="FILE", help=_("a .quizpack"))
    options = parser.own_options
    options.add_argument(
        "--key", metavar="PUB", help=_("the public key of who should have signed it")
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_pack_keygen(parser: _Parser) -> None:
    parser.own_words.add_argument(
        "name", metavar="NAME", help=_("the keys will be NAME.key and NAME.pub")
    )


def _add_pack_install(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "packs",
        nargs="+",
        metavar="PATH",
        help=_("pack files, folders, .quizpack files; or ids of built-in packs that were removed"),
    )
    options.add_argument(
        "--reset-changed",
        action="store_true",
        help=_("begin anew with questions that ask something else than before"),
    )
    options.add_argument(
        "--keep-history", action="store_true", help=_("keep the schedule of such questions")
    )
    options.add_argument("--yes", action="store_true", help=_("like --reset-changed"))
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_pack_rescore(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument("pack", metavar="ID", help=_("id of a pack: see pack list"))
    options.add_argument("--question", metavar="ID", help=_("only the answers to this question"))
    options.add_argument(
        "--write", action="store_true", help=_("write the corrected answers without asking")
    )
    options.add_argument(
        "--reworded",
        action="store_true",
        help=_("also where the stem was reworded: you vouch that it asks the same"),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_pack_remove(parser: _Parser) -> None:
    parser.own_words.add_argument("pack", metavar="ID", help=_("id of a pack: see pack list"))


def _add_pack_list(parser: _Parser) -> None:
    parser.own_options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_pack_check(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "paths", nargs="+", metavar="PATH", help=_("a pack file, or a folder of them")
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))
    options.add_argument(
        "--github", action="store_true", help=_("write annotations for GitHub Actions")
    )
    options.add_argument(
        "--strict", action="store_true", help=_("exit with 1 for warnings too, not only for errors")
    )
    options.add_argument(
        "--seeds",
        type=_count,
        default=100,
        metavar="N",
        help=_("compute every numeric question with this many seeds; 100 if not given"),
    )


def _add_pack_preview(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "path", metavar="PATH", help=_("a pack file, a folder of them, or a .quizpack")
    )
    options.add_argument("--question", metavar="ID", help=_("begin with this question"))
    options.add_argument(
        "--seed", type=_seed, default=0, metavar="N", help=_("begin with this seed; 0 if not given")
    )
    options.add_argument(
        "--plain",
        action="store_true",
        help=_("write the questions with key, mistakes and steps, line by line"),
    )


def _add_pack_watch(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument(
        "path", metavar="PATH", help=_("a pack file, or a folder of them")
    )
    options.add_argument(
        "--poll",
        type=_seconds,
        metavar="SECONDS",
        help=_("look this often, and at the contents: for drives that are mounted"),
    )
    options.add_argument(
        "--seeds",
        type=_count,
        default=100,
        metavar="N",
        help=_("compute every numeric question with this many seeds; 100 if not given"),
    )
    options.add_argument(
        "--plain",
        action="store_true",
        help=_("write the findings line by line; without a terminal always so"),
    )


def _add_pack_blind(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument("path", metavar="PATH", help=_("a pack file"))
    options.add_argument(
        "--answers", metavar="FILE", help=_("hold this answer sheet against the key")
    )
    options.add_argument(
        "--seed", type=_seed, default=1, metavar="N", help=_("another seed: another order")
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_pack_stats(parser: _Parser) -> None:
    options = parser.own_options
    parser.own_words.add_argument("path", metavar="PATH", help=_("a pack file"))
    options.add_argument(
        "--from",
        dest="logs",
        nargs="+",
        metavar="LOG",
        help=_("exported logs of learners; without them, all learners of the database"),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_stats(parser: _Parser) -> None:
    parser.own_options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_resume(parser: _Parser) -> None:
    parser.own_words.add_argument(
        "questions", nargs="*", metavar="QUESTION", help=_("ids of suspended questions")
    )


def _add_doctor(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument(
        "--replay",
        action="store_true",
        help=_("rebuild every card and day from the log of answers; the same without it"),
    )
    options.add_argument(
        "--repair", action="store_true", help=_("store what the log tells where it differs")
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_readiness(parser: _Parser) -> None:
    options = parser.own_options
    options.add_argument(
        "--blueprint",
        metavar="NAME",
        help=_("which mock exam is forecast; loss-mini (30 questions) if not given"),
    )
    options.add_argument(
        "--mark",
        type=_percent,
        default=70,
        metavar="PERCENT",
        help=_("what is to be reached; 70 if not given, as the pass mark is not published"),
    )
    options.add_argument("--json", action="store_true", help=_("write JSON"))


def _add_export(parser: _Parser) -> None:
    parser.own_options.add_argument(
        "--output", "-o", metavar="FILE", help=_("write to a new file, not to standard output")
    )


class _Parser(argparse.ArgumentParser):
    """A parser whose every command also takes the options that all commands share."""

    def __init__(self, *, prog: str, description: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(
            prog=prog,
            description=description,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self.own_words = self.add_argument_group(_("words"))
        self.own_options = self.add_argument_group(_("options"))
        shared = self.add_argument_group(_("options of every command"))
        # Without a default here, a command does not overwrite what stood before its name.
        shared.add_argument(
            "--lang",
            metavar="LANGUAGE",
            default=argparse.SUPPRESS,
            help=_("language: {languages}").format(languages=", ".join(LANGUAGES)),
        )
        shared.add_argument(
            "--database",
            metavar="FILE_OR_URL",
            default=argparse.SUPPRESS,
            help=_(
                "where questions and answers are kept (also: environment variable "
                "QUIZAPP_DATABASE_URL)"
            ),
        )
        shared.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,
            help=_("show the traceback of a problem"),
        )
        shared.add_argument("-h", "--help", action="help", help=_("show this help"))

    def error(self, message: str) -> NoReturn:
        """Raise UsageProblem with argparse's message in the learner's language."""
        raise UsageProblem(_in_our_words(message))


class _Help(argparse.HelpFormatter):
    """Lays the help out in cells and breaks Japanese where a reader expects it."""

    def __init__(self, prog: str) -> None:
        width = min(shutil.get_terminal_size().columns, _WIDEST) - 2
        super().__init__(prog, max_help_position=28, width=width)

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        # argparse indents further lines by the number of characters; ours are twice as wide.
        text = super()._format_usage(usage, actions, groups, prefix or "")
        lines = "".join(f"\n  {line}" for line in text.splitlines() if line)
        return _("usage:") + lines + "\n\n"

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _wrapped(text, width - len(indent)))


def _wrapped(text: str, width: int) -> list[str]:
    from quizapp.tui.wrapping import wrap  # noqa: PLC0415 - only the help needs it

    return wrap(text, width)


def _in_our_words(message: str) -> str:
    """Say what argparse found wrong; its own words stay where we know none."""
    name, _separator, says = message.removeprefix("argument ").partition(": ")
    if says.startswith("expected "):
        return _("{name} needs a value.").format(name=name)
    if says.startswith("ignored explicit argument"):
        return _("{name} takes no value.").format(name=name)
    if found := re.match(r"invalid choice: '(.*)' \(", says):
        return _("Unknown command: {word}.").format(word=found[1])
    if message.startswith("the following arguments are required: "):
        return _("Missing: {words}.").format(words=says)
    return f"{name}: {says}"


def _one_of(names: Sequence[str]) -> Callable[[str], str]:
    def read_name(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(
                _("{text} is not one of {names}.").format(text=text, names=", ".join(names))
            )
        return text

    return read_name


def _topic(text: str) -> str:
    from questions.topics import TOPICS  # noqa: PLC0415 - loads the catalogue of losses

    return _one_of(tuple(TOPICS))(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(
            _("{text} is not a whole number above 0.").format(text=text)
        )
    return int(text)


def _percent(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(
            _("{text} is not a whole number from 1 to 100.").format(text=text)
        )
    return int(text)


def _minutes_of_a_day(text: str) -> int:
    if (minutes := _count(text)) > 1440:
        raise argparse.ArgumentTypeError(_("A day has 1440 minutes."))
    return minutes


def _date(text: str) -> date:
    from datetime import date  # noqa: PLC0415 - for one option

    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(
        _("{text} is not a date such as 2027-02-13.").format(text=text)
    )


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or float(text) == 0:
        raise argparse.ArgumentTypeError(
            _("{text} is not a number of seconds, such as 0.5 or 2.").format(text=text)
        )
    return float(text)


def _seed(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise argparse.ArgumentTypeError(
            _("{text} is not a whole number from 0 on.").format(text=text)
        )
    return int(text)
