"""The one command `visio-guichet`: finds its subcommands among the installed entry points."""

from __future__ import annotations

import ast
import difflib
import gc
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path

from kiosk.settings import SettingsError

GROUP = "visio_guichet.commands"

#: What a shell expects of a command that was called wrongly (BSD and GNU usage).
EXIT_USAGE = 2
#: 128 + SIGINT.
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand that the first argument names and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    commands = {entry.name: entry for entry in entry_points(group=GROUP)}
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help(commands))
        return 0 if words else EXIT_USAGE
    if words[0] == "--version":
        print(f"visio-guichet {version('visio-guichet')}")
        return 0
    entry = commands.get(words[0])
    if entry is None:
        return _unknown(words[0], tuple(commands))
    return _run(entry, words[1:])


def _run(entry: EntryPoint, arguments: list[str]) -> int:
    # Modules stay for good: to look through them for garbage is a seventh of the time to load them.
    gc.disable()
    try:
        command: Callable[[list[str]], int] = entry.load()
    finally:
        gc.enable()
    try:
        return command(arguments)
    except SettingsError as error:
        for problem in error.problems:
            print(f"visio-guichet {entry.name}: {problem}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _help(commands: dict[str, EntryPoint]) -> str:
    width = max((len(name) for name in commands), default=0)
    lines = [f"  {name:{width}}  {summary(entry)}" for name, entry in sorted(commands.items())]
    return "\n".join(
        [
            "usage: visio-guichet COMMAND [OPTIONS]",
            "",
            "commands:",
            *lines,
            "",
            "visio-guichet COMMAND --help says more of one command.",
        ]
    )


def summary(entry: EntryPoint) -> str:
    """Return the first line of the command's docstring, read from source without running it.

    The module's own docstring stands in for a command that has none; importing them all would
    load Qt and a media stack to print a line of help.
    """
    spec = find_spec(entry.module)
    if spec is None or spec.origin is None:
        return ""
    module = ast.parse(Path(spec.origin).read_bytes())
    documented = [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == entry.attr
    ]
    for node in (*documented, module):
        if text := ast.get_docstring(node):
            return text.splitlines()[0]
    return ""


def _unknown(word: str, names: Sequence[str]) -> int:
    meant = difflib.get_close_matches(word, names, n=1)
    hint = f"did you mean '{meant[0]}'?" if meant else f"there are: {', '.join(sorted(names))}"
    print(f"visio-guichet: unknown command '{word}'; {hint}", file=sys.stderr)
    return EXIT_USAGE
