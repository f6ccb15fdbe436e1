"""The sample under attack: started, watched through /proc, and stopped by its own process id."""

import os
import pathlib
import signal
import subprocess
import time


class Server:
    def __init__(self, program, log, *options):
        self.log = pathlib.Path(log)
        with self.log.open("wb") as log_file:
            self.process = subprocess.Popen(
                [program, "--port", "0", *options], stdout=subprocess.PIPE, stderr=log_file, text=True)
        greeting = self.process.stdout.readline()
        if not greeting.startswith("Listening on "):
            raise SystemExit(f"error: the server did not start: {greeting}{self.log.read_text()}")
        self.url = greeting.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.proc = pathlib.Path(f"/proc/{self.process.pid}")

    @property
    def is_running(self):
        return self.process.poll() is None

    def memory(self):
        """What is resident, and the most that has been since `forget_peak`, in MB."""
        fields = dict(line.split(":", 1) for line in (self.proc / "status").read_text().splitlines())
        return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))

    def forget_peak(self):
        (self.proc / "clear_refs").write_text("5")

    def descriptors(self):
        return len(os.listdir(self.proc / "fd"))

    def processor_time(self):
        fields = (self.proc / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_for_descriptors(self, count, seconds):
        """Waits until no more than `count` are open; returns how many are."""
        end = time.monotonic() + seconds
        while self.is_running and self.descriptors() > count and time.monotonic() < end:
            time.sleep(0.1)
        return self.descriptors() if self.is_running else 0

    def stop(self, seconds=40):
        """Asks the server to end; returns its status, which is negative when a signal killed it."""
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "hung"
