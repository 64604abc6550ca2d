"""The command `transclean`: its subcommands, and the one door through which errors leave."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from transclean._version import __version__
from transclean.cli.report import FAILED, complain, debugging, internal_error
from transclean.model import TranscleanError

INTERRUPTED = 130

# Module and function of each subcommand; only the one that runs is imported.
COMMANDS: dict[str, str] = {
    "check": "transclean.cli.check:check",
    "fix": "transclean.cli.fix:fix",
    "rules": "transclean.cli.rules:rules",
    "formats": "transclean.cli.formats:formats",
    "init": "transclean.cli.init:init",
}


class OutputClosedError(TranscleanError):
    """Nobody reads the output any more."""


class _Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # which click would end with status 1 and no word
            raise OutputClosedError("the output was closed before all was written") from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="transclean")
def transclean() -> None:
    """Find and repair what machine translation leaves behind in English articles.

    Exit status: 0 nothing found or left to do, 1 findings, 2 a wrong call, a broken
    configuration or rule, or a file that could not be read or written.
    """


def run() -> int:
    """Run the command and return its status; no traceback reaches the user."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:  # articles hold signs that not every terminal's encoding has
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return _status()


def _status() -> int:
    try:
        status = transclean.main(prog_name="transclean", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except click.ClickException as error:
        error.show()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except OutputClosedError as error:
        complain(str(error))
        return FAILED
    except TranscleanError as error:
        complain(str(error))
        return FAILED
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        return FAILED
    except Exception as error:  # a mistake of ours; the user still gets one line
        if debugging():
            raise
        complain(internal_error(error))
        return FAILED


def _open_what_is_closed() -> None:
    """Let output go nowhere that was closed before the start, as by `>&-`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115  # stays open


def leave(status: int) -> NoReturn:
    """End the process without freeing what it holds, which takes as long as an article."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(status)
