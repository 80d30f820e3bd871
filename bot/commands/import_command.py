"""`planbot import`: from a document to a plan file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.running import UsageError, say, say_json
from bot.settings import Settings
from knowledge.importer.build import import_document, import_json
from knowledge.importer.errors import DocumentError
from knowledge.importer.report import report_lines
from knowledge.plan.records import ID
from knowledge.plan.write import write_plan


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Import the document; write the plan file, or print the import object.

    Without an output file the plan is written to the settings' folder of plans, or beside where
    the command runs if there is none.
    """
    if args.json and args.output is not None:
        raise UsageError("import: --json prints the import object and writes no file")
    if args.id is not None and not ID.fullmatch(args.id):
        raise UsageError(f"import: --id: expected letters, digits, . - and _, not {args.id!r}")
    if not args.file.exists():
        raise UsageError(f"import: there is no file {str(args.file)!r}")
    try:
        plan = import_document(args.file, id=args.id, year=args.year, issuer=args.issuer)
    except DocumentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if args.json:
        say_json(import_json(plan))
        return 0
    output = args.output or (settings.plans or Path()) / f"{plan.id}.yaml"
    write_plan(plan, output)
    for line in report_lines(plan):
        say(line)
    say(str(output))
    return 0
