"""The counts that are stored, and what is made of a difference."""

import pathlib

FILE = pathlib.Path(__file__).parent.parent / "thresholds.tsv"
RECORDED_WITH = "# recorded with: "
RECORD = "Tests/Benchmarks/run instructions --record"

INSTRUCTIONS = 0.02
ALLOCATIONS = 0.05

PREFACE = f"""\
# Instructions and allocations of one operation of a release build: what `Tests/Benchmarks/run instructions` may find at most.
# It fails when it finds over {INSTRUCTIONS:.0%} more instructions, or more allocations; it asks for a new record when it finds less.
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
                name, instructions, allocations = line.split("\t")
                self.counts[name] = (int(instructions), float(allocations))

    def judge(self, results):
        """What is wrong with the counts, and what has become better."""
        problems, advances = [], []
        missing = set(self.counts)
        for name, instructions, allocations, _ in results:
            missing.discard(name)
            if name not in self.counts:
                problems.append(f"'{name}' has no stored figures")
                continue
            expected, expected_allocations = self.counts[name]
            change = instructions / expected - 1
            if change > INSTRUCTIONS:
                problems.append(f"'{name}' takes {change:.1%} more instructions: expected {expected}, found {instructions:.0f}")
            elif change < -INSTRUCTIONS:
                advances.append(f"'{name}' takes {-change:.1%} fewer instructions: stored {expected}, found {instructions:.0f}")
            change = allocations - expected_allocations
            if change > ALLOCATIONS:
                problems.append(f"'{name}' allocates more: expected {expected_allocations:.2f}, found {allocations:.2f}")
            elif change < -ALLOCATIONS:
                advances.append(f"'{name}' allocates less: stored {expected_allocations:.2f}, found {allocations:.2f}")
        return problems + [f"'{name}' is stored and was not counted" for name in sorted(missing)], advances


def record(toolchain, results):
    lines = [f"{name}\t{instructions:.0f}\t{allocations:.2f}\n" for name, instructions, allocations, _ in results]
    FILE.write_text(PREFACE + RECORDED_WITH + toolchain + "\n" + "".join(lines))
