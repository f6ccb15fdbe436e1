#!/usr/bin/env python3
"""peers.py PROGRAM WORK GIGABYTES: what slow clients cost, and how soon vanished ones are noticed; see `run`."""

import pathlib
import select
import shutil
import socket
import ssl
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parent.parent / "Attacks"))

from server import Server  # noqa: E402
from wire import reset  # noqa: E402

# So many at once, for that what one costs shows.
CLIENTS = 16
HOLD = 4
# A run that takes longer than this for each gigabyte has hung.
PATIENCE = 30
KILLS = 10
MEMORY_LIMIT = 1.0
TIME_LIMIT = 100
# How long, in seconds, anything is waited for that must happen at once.
EVENT_LIMIT = 10


def curl(url, *options):
    return ["curl", "-sk", "--no-buffer", *options, url]


def connect(server, is_secure):
    made = socket.create_connection(("127.0.0.1", server.port))
    if is_secure:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        made = context.wrap_socket(made)
    return made


def push(connection, octets):
    """Sends until the kernel takes no more; returns how many octets it took."""
    try:
        return connection.send(octets)
    except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
        return 0


def cost(server, work):
    """How many MB more the server had than before, at the most, while `work` was done."""
    server.forget_peak()
    before, _ = server.memory()
    result = work()
    return server.memory()[1] - before, result


def unread_stream(server, is_secure, size):
    connections = [connect(server, is_secure) for _ in range(CLIENTS)]
    for connection in connections:
        connection.sendall(b"GET /stream/%d HTTP/1.1\r\nHost: x\r\n\r\n" % size)
    time.sleep(HOLD)
    for connection in connections:
        reset(connection)


def unread_upload(server, is_secure, size):
    connections = [connect(server, is_secure) for _ in range(CLIENTS)]
    for connection in connections:
        connection.sendall(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size)
        connection.setblocking(False)
    octets, end, taken = bytes(65_536), time.monotonic() + HOLD, 0
    while time.monotonic() < end:
        progress = sum(push(connection, octets) for connection in connections)
        taken += progress
        if not progress:
            time.sleep(0.05)
    for connection in connections:
        # A mere end would wait behind the octets that nobody reads.
        reset(connection)
    return taken


def download(server, size):
    command = curl(f"{server.url}/stream/{size}", "-o", "/dev/null", "-w", "%{size_download}")
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * max(1, size / 1e9)).stdout


def upload(server, size):
    with subprocess.Popen(["head", "-c", str(size), "/dev/zero"], stdout=subprocess.PIPE) as source:
        command = curl(f"{server.url}/read", "-X", "POST", "-T", "-", "-H", "Expect:")
        return subprocess.run(
            command, stdin=source.stdout, capture_output=True, text=True, timeout=PATIENCE * max(1, size / 1e9)).stdout


def check_memory(server, is_secure, size):
    """Returns the names of what cost too much."""
    # What a server keeps for its next client is no client's cost: each kind once before.
    small = min(size, 100_000_000)
    unread_stream(server, is_secure, size)
    unread_upload(server, is_secure, size)
    download(server, small)
    upload(server, small)
    faults = []

    def judge(name, megabytes, is_right=True, remark=""):
        print(f"  {name:34} {megabytes:8.3f} MB{remark}", flush=True)
        if megabytes >= MEMORY_LIMIT or not is_right:
            faults.append(name)

    grown, _ = cost(server, lambda: unread_stream(server, is_secure, size))
    judge("a client that reads nothing", grown / CLIENTS)
    grown, taken = cost(server, lambda: unread_upload(server, is_secure, size))
    # The rest of what was sent lies with the kernel.
    judge("an upload that no handler reads", grown / CLIENTS, taken > 0, f", {taken / CLIENTS / 1e6:.1f} MB sent")
    grown, count = cost(server, lambda: download(server, size))
    judge("a stream that is read to its end", grown, count == str(size))
    grown, count = cost(server, lambda: upload(server, size))
    judge("an upload that is read to its end", grown, count == str(size))
    return faults


def wait_for(server, event):
    """Returns whether the server told `event`, as the next that happens."""
    if not select.select([server.process.stdout], [], [], EVENT_LIMIT)[0]:
        return False
    return server.process.stdout.readline() == event + "\n"


def time_kill(server, command):
    """Milliseconds from the kill of a client to the end of the work for it."""
    client = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    has_begun = wait_for(server, "begun")
    start = time.monotonic()
    client.kill()
    has_ended = has_begun and wait_for(server, "ended")
    duration = (time.monotonic() - start) * 1_000
    client.wait()
    return duration if has_ended else float("inf")


def check_cancellation(server):
    clients = {
        "curl, waiting": curl(f"{server.url}/wait"),
        "curl, reading a stream": curl(f"{server.url}/trickle"),
        "curl, uploading": curl(f"{server.url}/read", "-X", "POST", "-T", "-", "-H", "Expect:"),
    }
    faults = []
    for name, command in clients.items():
        times = sorted(time_kill(server, command) for _ in range(KILLS))
        print(f"  {name + ', killed':34} {times[0]:5.1f} to {times[-1]:5.1f} ms", flush=True)
        if times[-1] >= TIME_LIMIT:
            faults.append(name)
    return faults


def check_half_close(server):
    """RFC 9112 §9.6: `nc -N` ends its sending after the request, and must get both answers all the same."""
    if not shutil.which("nc"):
        print("  nc -N: not tried, as 'nc' is not installed; Debian's package is netcat-openbsd")
        return []
    request = b"GET /late HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = subprocess.run(
        ["nc", "-N", "127.0.0.1", str(server.port)], input=request * 2, capture_output=True, timeout=20).stdout
    count = answer.count(b"\r\n\r\nlate")
    print(f"  nc -N got {count} of 2 answers, and was asked {answer.count(b'HTTP/1.1 100 ')} times", flush=True)
    return [] if count == 2 else ["nc -N"]


def check(program, work, size, is_secure):
    options = ("--cert", work / "certificate.pem", "--key", work / "key.pem") if is_secure else ()
    server = Server(program, work / "log", *options)
    try:
        print("https:" if is_secure else "http:", flush=True)
        faults = check_cancellation(server) + ([] if is_secure else check_half_close(server))
    finally:
        server.stop()
    # Another, as nobody reads what becomes of these clients.
    server = Server(program, work / "log", *options)
    try:
        return faults + check_memory(server, is_secure, size)
    finally:
        server.stop()


if __name__ == "__main__":
    program, work, size = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]) * 1_000_000_000
    faults = [fault for is_secure in (False, True) for fault in check(program, work, size, is_secure)]
    if faults:
        raise SystemExit(f"error: too much, too late, or not whole: {', '.join(faults)}")
