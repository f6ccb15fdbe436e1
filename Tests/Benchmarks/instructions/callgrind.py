"""A program under callgrind, which writes its counts into a new file whenever the program calls a certain function."""

import dataclasses
import os
import pathlib
import re
import signal
import subprocess
import time

# What a call of each of these functions counts as.
KINDS = {
    **dict.fromkeys(("malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc", "memalign"), "allocations"),
    **dict.fromkeys(("swift_retain", "swift_release", "swift_retain_n", "swift_release_n"), "references"),
}

# Hashes differ from one process to the next, and with them the work in dictionaries; what else the environment holds lies on the
# stack and moves it. Whether the memory allocator finds a block where it looks first depends on what others have left there, unless
# there is room for all: else an operation may cost 300 instructions more for a change that has nothing to do with it.
ENVIRONMENT = {
    "PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", "SWIFT_DETERMINISTIC_HASHING": "1",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=65535",
}


@dataclasses.dataclass
class Counts:
    """Of one or more operations; `references` are calls that count one up or down."""
    instructions: float = 0
    allocations: float = 0
    references: float = 0

    def combined(self, other, combine):
        return Counts(*map(combine, dataclasses.astuple(self), dataclasses.astuple(other)))

    def __add__(self, other):
        return self.combined(other, lambda own, others: own + others)

    def per_operation(self, doubled, operations):
        """What one operation takes, when `self` is of so many and `doubled` of twice as many."""
        return self.combined(doubled, lambda own, double: (double - own) / operations)


def read(file):
    """The counts in one of callgrind's files, whose names are not compressed."""
    counts = Counts()
    kind = None
    with file.open() as lines:
        for line in lines:
            if line.startswith("cfn="):
                # A function that is called within itself has a number behind its name.
                kind = KINDS.get(line[4:].rstrip().split("'")[0])
            elif line.startswith("calls=") and kind:
                setattr(counts, kind, getattr(counts, kind) + int(line[6:].split()[0]))
            elif line.startswith("summary:"):
                counts.instructions = int(line.split()[1])
    return counts


class Run:
    """A process that is being counted; `mark` is the function of the C library before whose calls the counts are written."""

    def __init__(self, command, mark, folder):
        self.base = pathlib.Path(folder) / "counts"
        self.log = pathlib.Path(folder) / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.base}", f"--dump-before={mark}", "--dump-line=no",
                 "--compress-strings=no", *command],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, env=ENVIRONMENT)

    def marks(self):
        """How many times the counts have been written."""
        return sum(1 for _ in self.base.parent.glob(self.base.name + ".*"))

    def between(self, first, last):
        """The counts from one mark to a later one; marks are counted from 1."""
        files = (self.base.with_name(f"{self.base.name}.{number}") for number in range(first + 1, last + 1))
        return sum((read(file) for file in files), Counts())

    def threads(self):
        """How many threads are not asleep, and how often all have gone to sleep so far."""
        awake = switches = 0
        for status in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/status"):
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            awake += not fields["State"].startswith("S")
            switches += int(fields["voluntary_ctxt_switches"])
        return awake, switches

    def wait_until_idle(self):
        """Returns when no thread has done anything between two looks."""
        before, end = None, time.monotonic() + 60
        while (now := self.threads()) != before or now[0] > 0:
            if time.monotonic() > end:
                self.fail("the sample is not idle, though nobody asks it")
            before = now
            time.sleep(0.002)

    def fail(self, what):
        raise SystemExit(f"error: {what}: {re.sub('==.*', '', self.log.read_text()).strip()}")

    def wait(self):
        output, _ = self.process.communicate(timeout=600)
        if self.process.returncode != 0:
            self.fail(f"{self.process.args[-1]} ended with status {self.process.returncode}")
        return output

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
