#!/usr/bin/env python3
"""slow_http_test.py PROGRAM WORK SECONDS: the four modes of slowhttptest, each for so long with 1,000 connections; see `run`."""

import pathlib
import re
import sys

import bout

COMMON = ["slowhttptest", "-c", "1000", "-r", "300", "-i", "5", "-p", "3", "-l"]
MODES = {
    "slow headers": ["-H", "-x", "24", "-u", "/plaintext"],
    "slow body": ["-B", "-s", "65536", "-x", "10", "-u", "/echo"],
    "range": ["-R", "-a", "5", "-b", "3000", "-u", "/plaintext"],
    "slow read": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3", "-u", "/json"],
}


def command(server, mode, seconds):
    *options, path = MODES[mode]
    return [*COMMON, str(seconds), *options, server.url + path]


def judge(output):
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    available = re.findall(r"service available:\s+(\w+)", plain)
    ends = re.findall(r"Exit status: (.*)", plain)
    problems = [] if ends else ["slowhttptest did not run to its end"]
    if "NO" in available:
        problems.append("slowhttptest found no service")
    connected = max(map(int, re.findall(r"connected:\s+(\d+)", plain)), default=0)
    return f"{connected} connected at most; {ends[-1].strip() if ends else 'no end'}", problems


if __name__ == "__main__":
    program, work, seconds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    print(bout.HEADING, flush=True)
    harmful = [
        mode for mode in MODES
        if not bout.run(mode, program, work, seconds, lambda server: command(server, mode, seconds), judge)
    ]
    if harmful:
        raise SystemExit(f"error: harm was done by {', '.join(harmful)}; the servers' logs are in {work}")
