# SPDX-License-Identifier: Apache-2.0
"""``python -m zhihang.web``: what the command line starts in a process of its own, on the workspace of the environment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhihang.errors import ZhihangError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m zhihang.web", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    serve = verbs.add_parser("serve")
    serve.add_argument("--address", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--threads", type=int, default=4)
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument("--demonstration", action="store_true")
    verbs.add_parser("work")
    verbs.add_parser("prepare")
    verbs.add_parser("accounts")
    account = verbs.add_parser("account")
    account.add_argument("name")
    account.add_argument("--role", required=True)
    account.add_argument("--region", default="")
    account.add_argument("--display", default="")
    for name in ("backup", "restore"):
        verbs.add_parser(name).add_argument("file", type=Path)
    return parser


def _accounts(known: list[tuple[str, str, str]]) -> str:
    """Say which accounts there are; the password of one is told once, when it is made."""
    lines = [f"  {name:<8} {password or '(as told before)':<18} {role}\n" for name, role, password in known]
    if not all(password for _, _, password in known):
        lines.append("  A new password: zhihang account NAME --role ROLE\n")
    return "".join(lines)


def main(given: list[str] | None = None) -> int:
    """Do what the arguments say."""
    from zhihang.web import commands

    chosen = _parser().parse_args(given)
    say = sys.stdout.write
    if chosen.verb == "restore":
        from zhihang.web.backup import restore

        say(restore(chosen.file) + "\n")
        return 0
    if chosen.verb == "serve":
        commands.require_free(chosen.address, chosen.port)
        commands.gather()  # before settings are read: they say whether the files of the pages are gathered
    commands.prepare()
    if chosen.verb == "work":
        from zhihang.web.worker import work

        work()
    elif chosen.verb == "account":
        password = commands.add_account(
            chosen.name, chosen.role, region=chosen.region, display=chosen.display
        )
        say(f"{chosen.name}  {password}\n")
    elif chosen.verb == "accounts":
        say(_accounts(commands.ready_accounts()))
    elif chosen.verb == "backup":
        from zhihang.web.audit.record import record
        from zhihang.web.backup import back_up

        told = back_up(chosen.file)
        record(None, "backed up", chosen.file.name, who="command line")
        say(told + "\n")
    elif chosen.verb == "serve":
        if chosen.demonstration:
            say(_accounts([one for one in commands.ready_accounts() if one[2]]))
        say(f"http://{chosen.address}:{chosen.port}/\n")
        sys.stdout.flush()
        commands.serve(chosen.address, chosen.port, threads=chosen.threads, workers=chosen.workers)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ZhihangError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
