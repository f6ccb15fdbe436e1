"""The counts that are stored, and what is made of a difference."""

import pathlib

from callgrind import Counts

FILE = pathlib.Path(__file__).parent.parent / "thresholds.tsv"
RECORDED_WITH = "# recorded with: "
RECORD = "Tests/Benchmarks/run instructions --record"

INSTRUCTIONS = 0.02
ALLOCATIONS = 0.05
REFERENCES = 0.5

PREFACE = f"""\
# Instructions, allocations and counted references of one operation of a release build: what `Tests/Benchmarks/run instructions` may
# find at most. It fails when it finds over {INSTRUCTIONS:.0%} more instructions, or more of the others; it asks for a new record when it finds less.
# A change that is worth its cost records anew in the same commit, which says why: {RECORD}
"""


class Thresholds:
    def __init__(self):
        self.toolchain = None
        self.counts = {}
        if not FILE.exists():
            return
        for line in FILE.read_text().splitlines():
            if line.startswith(RECORDED_WITH):
                self.toolchain = line.removeprefix(RECORDED_WITH)
            elif line and not line.startswith("#"):
                name, *figures = line.split("\t")
                self.counts[name] = Counts(*map(float, figures))

    def judge(self, results):
        """What is wrong with the counts, and what has become better."""
        problems, advances = [], []
        missing = set(self.counts)
        for name, found, _ in results:
            missing.discard(name)
            if name not in self.counts:
                problems.append(f"'{name}' has no stored figures")
                continue
            stored = self.counts[name]
            for kind, limit in (
                ("instructions", INSTRUCTIONS * stored.instructions), ("allocations", ALLOCATIONS), ("references", REFERENCES),
            ):
                before, now = getattr(stored, kind), getattr(found, kind)
                if abs(now - before) > limit:
                    what = f"'{name}' takes {'more' if now > before else 'fewer'} {kind}: stored {before:.6g}, found {now:.6g}"
                    (problems if now > before else advances).append(what)
        return problems + [f"'{name}' is stored and was not counted" for name in sorted(missing)], advances


def record(toolchain, results):
    lines = [
        f"{name}\t{found.instructions:.0f}\t{found.allocations:.2f}\t{found.references:.2f}\n" for name, found, _ in results]
    FILE.write_text(PREFACE + RECORDED_WITH + toolchain + "\n" + "".join(lines))
