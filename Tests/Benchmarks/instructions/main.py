#!/usr/bin/env python3
"""main.py FOLDER-OF-PROGRAMS WORK [--record] [--runs N]: counts, and compares with the stored figures; see `run`."""

import argparse
import dataclasses
import math
import pathlib
import statistics
import tempfile

import callgrind
import operations
import thresholds
import toolchain
import whole_requests


def measure(programs, work):
    """Name and counts of everything, once."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        folders = [pathlib.Path(folder) / name for name in ("operations", "requests", "secure")]
        for made in folders:
            made.mkdir()
        yield from operations.count(str(programs / "MicroBenchmark"), folders[0])
        certificate = ("--cert", str(work / "certificate.pem"), "--key", str(work / "key.pem"))
        yield from whole_requests.count(str(programs / "Benchmark"), folders[1:], certificate)


class Results:
    """The counts of several runs, of which the middle counts."""

    def __init__(self):
        self.counts = {}

    def add(self, run):
        for name, counts in run:
            self.counts.setdefault(name, []).append(counts)

    def __iter__(self):
        """Name, counts, and by how much the instructions differ."""
        for name, several in self.counts.items():
            middle = callgrind.Counts(*map(statistics.median, zip(*map(dataclasses.astuple, several))))
            instructions = [counts.instructions for counts in several]
            yield name, middle, (max(instructions) - min(instructions)) / middle.instructions


def report(results, stored):
    print(f"{'':44}{'instructions':>14}{'stored':>10}{'allocations':>14}{'stored':>8}{'references':>14}{'stored':>8}")
    for name, found, spread in results:
        expected = stored.counts.get(name, callgrind.Counts(*3 * [math.nan]))
        noise = f"   ±{spread / 2:.2%}" if spread else ""
        print(
            f"{name:44}{found.instructions:>14.0f}{expected.instructions:>10.0f}{found.allocations:>14.2f}{expected.allocations:>8.2f}"
            f"{found.references:>14.2f}{expected.references:>8.2f}{noise}")


def main():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/run instructions")
    parser.add_argument("programs", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("work", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--record", action="store_true", help="store what is found as what is expected from now on")
    parser.add_argument("--runs", type=int, choices=range(1, 101), metavar="N", default=1, help="count so many times, and take the middle")
    options = parser.parse_args()

    here = toolchain.description()
    stored = thresholds.Thresholds()
    is_comparable = stored.toolchain == here and not options.record
    results = Results()
    for _ in range(options.runs):
        results.add(measure(options.programs, options.work))
    if is_comparable and options.runs == 1 and stored.judge(results)[0]:
        # Every second costs each loop a Date field, which on a machine that has no time for us can be as often as a request.
        print("More than is stored; counting twice more", flush=True)
        for _ in range(2):
            results.add(measure(options.programs, options.work))
    report(results, stored)

    print(f"with {here}")
    if options.record:
        thresholds.record(here, results)
        print(f"Recorded in {thresholds.FILE}")
    elif not is_comparable:
        print(f"Not compared: the stored figures are of {stored.toolchain}.")
    else:
        problems, advances = stored.judge(results)
        for advance in advances:
            print(f"better: {advance}. Keep it: {thresholds.RECORD}")
        if problems:
            lines = [f"error: {problem}" for problem in problems]
            raise SystemExit("\n".join([*lines, f"If that is worth it: {thresholds.RECORD}"]))


if __name__ == "__main__":
    main()
