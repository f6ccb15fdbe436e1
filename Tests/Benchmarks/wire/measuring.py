"""The rounds: every server of a scenario in turn, so that a noisy minute of the machine hits them alike."""

import pathlib
import re
import socket
import subprocess
import sys
import time

import machine
from server import HOST, Failed, Server

HERE = pathlib.Path(__file__).parent
CONNECTIONS = 64
IDLE_CONNECTIONS = 4_000
WARM_UP = 1


def wrk(scenario, server, seconds):
    """Requests, seconds, failures, and the 99th percentile of the latency in µs."""
    file = pathlib.Path(server.folder.name) / "request"
    file.write_bytes(scenario.octets(server))
    scheme = "https" if server.is_secure else "http"
    output = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(HERE / "wrk.lua"),
         f"{scheme}://{HOST}:{server.port}/", "--", str(file)],
        capture_output=True, text=True, timeout=seconds + 60, check=False).stdout
    match = re.search(r"^RESULT (\d+) (\d+) (\d+) (\d+)$", output, re.MULTILINE)
    if not match:
        raise Failed(f"wrk has no result for {server.peer.name}: {output[-300:]}")
    requests, microseconds, failures, latency = map(int, match.groups())
    return requests, microseconds / 1e6, failures, latency


def handshakes(_, server, seconds):
    done = subprocess.run(
        [sys.executable, str(HERE / "handshakes.py"), str(server.port), str(seconds)], capture_output=True, text=True,
        timeout=seconds + 60, check=False)
    if done.returncode != 0:
        raise Failed(f"{server.peer.name} does not shake hands: {done.stderr[-300:]}")
    count, took = done.stdout.split()
    return int(count), float(took), 0, None


LOADS = {"wrk": wrk, "handshakes": handshakes}


def under_load(scenario, server, seconds):
    """What a request costs while there are as many as the client can send."""
    processor, others = server.tree.processor_seconds(), other_seconds()
    began = time.monotonic()
    requests, took, failures, latency = LOADS[scenario.kind](scenario, server, seconds)
    processor = server.tree.processor_seconds() - processor
    others = other_seconds() - others - processor
    if server.process.poll() is not None or not requests:
        raise Failed(f"{server.peer.name} has not answered {scenario.name}")
    return {
        "processor_us": processor * 1e6 / requests, "per_second": requests / took, "p99_us": latency, "failures": failures,
        "peak_mb": server.tree.memory("VmHWM") / 1_024, "noise": max(0, others) / (time.monotonic() - began),
    }


def other_seconds():
    """What everyone has spent but the clients, and this process."""
    return machine.busy_seconds() - machine.ended_children_seconds() - machine.own_seconds()


def idle(server):
    """What a connection keeps in memory that has had one answer."""
    request = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n"

    def connect():
        connection = socket.create_connection((HOST, server.port), timeout=10)
        connection.sendall(request)
        received = b""
        while not received.endswith(b"Hello, World!"):
            octets = connection.recv(4_096)
            if not octets:
                raise Failed(f"{server.peer.name} has closed an idle connection")
            received += octets
        return connection

    connections = []
    try:
        # What is made once, with the first connections, is not theirs.
        connections += [connect() for _ in range(200)]
        before = server.tree.memory("VmRSS")
        connections += [connect() for _ in range(IDLE_CONNECTIONS)]
        return {"idle_kb": (server.tree.memory("VmRSS") - before) / IDLE_CONNECTIONS}
    finally:
        for connection in connections:
            connection.close()


def start(server):
    return {"start_ms": server.seconds_to_answer * 1_000, "peak_mb": server.tree.memory("VmHWM") / 1_024}


FRESH = {"idle": idle, "start": start}


class Rounds:
    """All rounds of one scenario; what a server fails at is said, and it is left out from there on."""

    def __init__(self, scenario, peers, certificate, tell):
        self.scenario = scenario
        self.peers = [peer for peer in peers if peer.scenarios is None or scenario.name in peer.scenarios]
        self.certificate = certificate if scenario.is_secure else None
        self.tell = tell
        self.servers = {}
        self.failed = set()

    def run(self, rounds, seconds):
        """The figures of each run, with the names of scenario and server and the round's number."""
        try:
            if self.scenario.kind in LOADS:
                for peer in self.peers:
                    self.attempt(peer, self.prepare)
            for number in range(rounds):
                # Whoever follows another does so once in each place.
                for place in range(len(self.peers)):
                    peer = self.peers[(place + number) % len(self.peers)]
                    figures = self.attempt(peer, lambda peer: self.measure(peer, seconds))
                    if figures:
                        yield {"scenario": self.scenario.name, "server": peer.name, "round": number, **figures}
        finally:
            for server in self.servers.values():
                server.stop()

    def attempt(self, peer, body):
        if peer.name in self.failed:
            return None
        try:
            return body(peer)
        except (Failed, OSError, subprocess.TimeoutExpired) as failure:
            self.tell(f"{self.scenario.name}: {failure}")
            self.failed.add(peer.name)
            return None

    def prepare(self, peer):
        server = self.servers[peer.name] = Server(peer, self.certificate)
        self.scenario.check(server)
        under_load(self.scenario, server, WARM_UP)

    def measure(self, peer, seconds):
        if self.scenario.kind in LOADS:
            return under_load(self.scenario, self.servers[peer.name], seconds)
        server = Server(peer, self.certificate)
        try:
            return FRESH[self.scenario.kind](server)
        finally:
            server.stop()
