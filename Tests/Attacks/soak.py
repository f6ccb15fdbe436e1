#!/usr/bin/env python3
"""soak.py PROGRAM WORK MINUTES: good and bad clients of a http and a https server, one round per minute; see `run`.

In each round the good clients keep connections, pipeline and send chunks, and the bad ones send damaged requests and resets. When they
have gone, a server has to be as it was. The first fifth of the rounds is for what grows once. What the allocator keeps of one round's
buffers differs from that of the next by more than a leak of an hour would add: so halves of the others are compared, not single rounds.
"""

import pathlib
import statistics
import sys

import bout
from server import Server

ROUND = 55
RATE = 200
# Seconds between two rounds of a bad client: all together keep about one of two cores busy.
PAUSE = 0.02
GROWTH_LIMIT = 1.02
BAD_CLIENTS = {"http": ["resets", "fuzz", "chunks"], "https": ["tls_resets", "tls_garbage"]}


def growth(memory):
    """By how much the later half of the rounds takes more than the earlier one, without the first fifth."""
    later = memory[len(memory) // 5:]
    half = len(later) // 2
    return statistics.mean(later[-half:]) / statistics.mean(later[:half]) if half else 1.0


def play_round(servers):
    """One round; returns what the good clients saw of each server."""
    bad = [
        bout.attacker(bout.attack_command(name, server, ROUND, PAUSE))
        for scheme, server in servers.items() for name in BAD_CLIENTS[scheme]
    ]
    good = {scheme: bout.good_client(server.url, ROUND, RATE) for scheme, server in servers.items()}
    seen = {scheme: bout.report(client) for scheme, client in good.items()}
    for client in bad:
        client.communicate()
    return seen


if __name__ == "__main__":
    program, work, minutes = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    servers = {
        "http": Server(program, work / "soak-http.log"),
        "https": Server(program, work / "soak-https.log", *bout.certificate(work)),
    }
    at_rest = {scheme: server.descriptors() for scheme, server in servers.items()}
    memory = {scheme: [] for scheme in servers}
    problems = []
    print(f"{'minute':>6} {'server':6} {'memory, MB':>10} {'descriptors':>11} {'good':>7} {'failed':>6} {'wrong':>5} {'p50/p99, ms':>16}")
    for minute in range(1, minutes + 1):
        for scheme, seen in play_round(servers).items():
            server = servers[scheme]
            descriptors = server.wait_for_descriptors(at_rest[scheme], 10)
            if not server.is_running:
                raise SystemExit(f"error: the {scheme} server has died with {server.process.returncode}; see {server.log}")
            memory[scheme].append(server.memory()[0])
            times = f"{seen['p50']} / {seen['p99']}"
            print(
                f"{minute:6} {scheme:6} {memory[scheme][-1]:10.1f} {descriptors:11} {seen['good']:7} {seen['failed']:6} "
                f"{seen['wrong']:5} {times:>16}", flush=True)
            if seen["failed"] or seen["wrong"]:
                problems.append(f"{scheme}, minute {minute}: {seen['first_failure'] or 'wrong answers'}")
            if descriptors > at_rest[scheme]:
                problems.append(f"{scheme}, minute {minute}: descriptors stayed open")
    for scheme, server in servers.items():
        status = server.stop()
        grown = growth(memory[scheme])
        print(f"{scheme}: memory grew by {100 * (grown - 1):.1f} % after the first rounds, status {status} at SIGTERM")
        if status != 0:
            problems.append(f"{scheme}: status {status}")
        if grown > GROWTH_LIMIT:
            problems.append(f"{scheme}: memory grew")
    if problems:
        raise SystemExit("error: " + "\nerror: ".join(problems))
