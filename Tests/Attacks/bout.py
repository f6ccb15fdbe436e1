"""One attack against a server of its own, beside a client that must not notice."""

import json
import pathlib
import subprocess
import sys

from server import Server

HERE = pathlib.Path(__file__).parent
RATE = 100
BASELINE = 4
# What the server may need at most, whatever the attack; by far the most of it is what the attack's connections hold.
MEMORY_LIMIT = 600

HEADING = (
    f"{'attack':18} {'memory before/peak/after, MB':>28} {'descriptors':>11} {'good':>6} {'failed':>6} {'wrong':>5} "
    f"{'p50/p99 without':>16} {'p50/p99 with, ms':>18}  what it did")


def good_client(url, seconds, rate=RATE):
    """A process that behaves, and whose output is for `report`."""
    return subprocess.Popen(
        [sys.executable, HERE / "good_client.py", url, str(seconds), str(rate)], stdout=subprocess.PIPE, text=True)


def report(client):
    return json.loads(client.communicate()[0])


def attacker(command):
    """Behind the server and the good client in the queue for the processor, as an attacker on another machine would be."""
    return subprocess.Popen(["nice", "-n", "10", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def attack_command(name, server, seconds, pause=0):
    return [sys.executable, HERE / "attack.py", name, str(server.port), str(seconds), str(pause)]


def certificate(work):
    """The options with which the sample speaks TLS."""
    return "--cert", work / "certificate.pem", "--key", work / "key.pem"


def run(name, program, work, seconds, command, judge, options=()):
    """Runs the attack `command(server)` and prints its row.

    `judge` takes the attack's output apart: into what it did, and the problems that it has found itself.
    Returns whether all was well.
    """
    server = Server(program, work / f"{name}.log", *options)
    without = report(good_client(server.url, BASELINE))
    open_before = server.wait_for_descriptors(0, 1)
    server.forget_peak()
    before, _ = server.memory()

    attack = attacker(command(server))
    during = report(good_client(server.url, seconds))
    did, problems = judge(attack.communicate()[0])

    open_after = server.wait_for_descriptors(open_before, 45)
    after, peak = server.memory() if server.is_running else (0, 0)
    if not server.is_running:
        problems.append("the server has died")
    status = server.stop()
    if status != 0:
        problems.append(f"the server's status was {status}")
    if open_after > open_before:
        problems.append("descriptors stayed open")
    if peak > MEMORY_LIMIT:
        problems.append(f"more than {MEMORY_LIMIT} MB")
    if without["wrong"] or during["wrong"]:
        problems.append("wrong answers")
    if without["failed"] or during["failed"]:
        problems.append(f"good requests failed: {without['first_failure'] or during['first_failure']}")

    memory = f"{before:.0f} / {peak:.0f} / {after:.0f}"
    times = [f"{seen['p50']} / {seen['p99']}" for seen in (without, during)]
    print(
        f"{name:18} {memory:>28} {f'{open_before} / {open_after}':>11} {during['good']:6} {during['failed']:6} "
        f"{during['wrong']:5} {times[0]:>16} {times[1]:>18}  {did}", flush=True)
    for problem in problems:
        print(f"  error: {problem}", flush=True)
    return not problems
