#!/usr/bin/env python3
"""slow_http_test.py PROGRAM WORK: the four modes of slowhttptest, each with 1,000 connections; see `run`."""

import pathlib
import re
import sys

import bout

SECONDS = 30
COMMON = ["slowhttptest", "-c", "1000", "-r", "300", "-i", "5", "-p", "3", "-l", str(SECONDS)]
MODES = {
    "slow headers": ["-H", "-x", "24", "-u", "/plaintext"],
    "slow body": ["-B", "-s", "65536", "-x", "10", "-u", "/echo"],
    "range": ["-R", "-a", "5", "-b", "3000", "-u", "/plaintext"],
    "slow read": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3", "-u", "/json"],
}


def command(server, mode):
    *options, path = MODES[mode]
    return [*COMMON, *options, server.url + path]


def judge(output):
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    counts = {what: re.findall(rf"{what}:\s+(\w+)", plain) for what in ("connected", "closed", "service available")}
    problems = [] if counts["service available"] else ["slowhttptest did not run"]
    if "NO" in counts["service available"]:
        problems.append("slowhttptest found no service")
    return ", ".join(f"{values[-1]} {what}" for what, values in counts.items() if values), problems


if __name__ == "__main__":
    program, work = sys.argv[1], pathlib.Path(sys.argv[2])
    print(bout.HEADING, flush=True)
    harmful = [
        mode for mode in MODES
        if not bout.run(mode, program, work, SECONDS, lambda server: command(server, mode), judge)
    ]
    if harmful:
        raise SystemExit(f"error: harm was done by {', '.join(harmful)}; the servers' logs are in {work}")
