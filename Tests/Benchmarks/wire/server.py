"""A server that is measured: started on a free port, asked, and ended by its own process id."""

import http.client
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import machine

HOST = "127.0.0.1"


class Failed(Exception):
    """A server does not do what it is to be measured at."""


def trusting_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, peer, certificate=None):
        self.peer = peer
        self.is_secure = certificate is not None
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory()
        self.log = pathlib.Path(self.folder.name) / "log"
        command = peer.arguments(self.port, certificate, self.folder.name)
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.tree = machine.Tree(self.process.pid)
        try:
            self.seconds_to_answer = self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self, patience=30):
        """Asks until there is an answer, and returns how long that took from the start."""
        while time.monotonic() < self.began + patience and self.process.poll() is None:
            try:
                self.ask("/plaintext")
                return time.monotonic() - self.began
            except OSError:
                time.sleep(0.0005)
        raise Failed(f"{self.peer.name} does not start: {self.log.read_text(errors='replace')[-500:]}")

    def ask(self, path, method="GET", headers=None, content=None):
        """Status and content of an answer."""
        if self.is_secure:
            connection = http.client.HTTPSConnection(HOST, self.port, timeout=10, context=trusting_context())
        else:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request(method, path, body=content, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self):
        members = self.tree.members() if self.process.poll() is None else {}
        try:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in members:
            # Those that outlive the first of them are in the session that it has begun.
            try:
                if os.getsid(process) == self.process.pid:
                    os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.folder.cleanup()
