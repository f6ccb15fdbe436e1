#!/usr/bin/env python3
"""main.py PROGRAM WORK SECONDS [NAME…]: each attack of the folder `attacks`, or those named; see `run`."""

import ast
import json
import pathlib
import sys

import bout

# What an attack counts when the server did what it must not do.
FAULTS = ("hung", "impossible answers", "renegotiations", "example")


def names():
    return sorted(file.stem for file in (bout.HERE / "attacks").glob("*.py") if file.stem != "__init__")


def is_secure(name):
    module = ast.parse((bout.HERE / "attacks" / f"{name}.py").read_text())
    return any(isinstance(node, ast.Assign) and node.targets[0].id == "SECURE" for node in module.body)


def judge(output):
    counts = json.loads(output or "{}")
    problems = [f"{fault}: {counts[fault]}" for fault in FAULTS if fault in counts]
    if not counts:
        problems.append("the attack itself has failed")
    return ", ".join(f"{number} {what}" for what, number in counts.items() if what not in FAULTS), problems


if __name__ == "__main__":
    program, work, seconds = sys.argv[1], pathlib.Path(sys.argv[2]), float(sys.argv[3])
    chosen = sys.argv[4:] or names()
    unknown = set(chosen) - set(names())
    if unknown:
        raise SystemExit(f"error: there is no attack {', '.join(sorted(unknown))}. There are: {', '.join(names())}")
    print(bout.HEADING, flush=True)
    harmful = [
        name for name in chosen
        if not bout.run(
            name, program, work, seconds, lambda server: bout.attack_command(name, server, seconds), judge,
            bout.certificate(work) if is_secure(name) else ())
    ]
    if harmful:
        raise SystemExit(f"error: these attacks did harm: {', '.join(harmful)}; the servers' logs are in {work}")
