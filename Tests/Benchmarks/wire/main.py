#!/usr/bin/env python3
"""main.py FOLDER-OF-PROGRAMS WORK [OPTION…]: the sample beside other servers; see `run`."""

import argparse
import datetime
import json
import pathlib
import resource
import shutil
import signal
import subprocess
import sys

import chart
import machine
import peers
import report
from measuring import Rounds
from scenarios import ALL

RESULTS = pathlib.Path(__file__).parent.parent / "results"
CACHE = pathlib.Path(__file__).parents[3] / ".build" / "benchmarks"


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected a number from 1 on")
    return number


def options():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/run wire")
    parser.add_argument("programs", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("work", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=positive, default=5, help="for each server and scenario (5)")
    parser.add_argument("--duration", type=positive, default=3, help="of a round, in seconds (3)")
    parser.add_argument("--scenario", action="append", choices=[scenario.name for scenario in ALL], help="only these")
    parser.add_argument("--output", type=pathlib.Path, help="the folder for the results, in place of Tests/Benchmarks/results")
    return parser.parse_args()


def present(candidates):
    """Those that are installed, ready to start, and the names of the others."""
    found = [peer for peer in candidates if peer.program]
    CACHE.mkdir(parents=True, exist_ok=True)
    for peer in found:
        peer.prepare(CACHE)
    return found, [peer.name for peer in candidates if not peer.program]


def measure(asked, found, missing):
    scenarios = [scenario for scenario in ALL if not asked.scenario or scenario.name in asked.scenario]
    certificate = (str(asked.work / "certificate.pem"), str(asked.work / "key.pem"))
    runs, failures = [], []

    def tell(failure):
        failures.append(failure)
        print(f"failed: {failure}", flush=True)

    for scenario in scenarios:
        print(f"measuring: {scenario.title}", flush=True)
        runs += Rounds(scenario, found, certificate, tell).run(asked.rounds, asked.duration)
    version = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout.split(" [")[0]
    return {
        "date": datetime.date.today().isoformat(), "machine": machine.description(),
        "versions": {peer.name: peer.version() for peer in found}, "client": version, "missing": missing,
        "rounds": asked.rounds, "seconds": asked.duration, "failures": failures, "runs": runs,
    }


def write(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    (folder / "results.md").write_text(report.page(results))
    (folder / "results.svg").write_text(chart.svg(results))
    print(f"Written: {folder}/results.md, results.svg and results.json")


def main():
    asked = options()
    # So that the servers are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not shutil.which("wrk"):
        raise SystemExit("error: 'wrk' is not installed, which makes the load; --install installs it with the servers.")
    # A connection for each client, and a descriptor for each connection.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    found, missing = present(peers.all_peers(str(asked.programs / "Benchmark"), str(asked.work / "Benchmark")))
    if missing:
        print(f"Not installed: {', '.join(missing)}; --install installs them.")
    results = measure(asked, found, missing)
    print(report.page(results))
    if asked.output or not asked.scenario:
        write(results, asked.output or RESULTS)
    if results["failures"]:
        raise SystemExit("error: not everything could be measured; see above.")


if __name__ == "__main__":
    main()
