"""Single operations of the server, which a program of its own runs between marks; see MicroBenchmark."""

import callgrind

MARKS_PER_OPERATION = 3


def count(program, folder):
    """Name and counts of each operation."""
    run = callgrind.Run([program], "getppid", folder)
    try:
        lines = run.wait().splitlines()
    finally:
        run.stop()
    if run.marks() < MARKS_PER_OPERATION * len(lines):
        run.fail(f"{len(lines)} operations have left {run.marks()} marks")
    for index, line in enumerate(lines):
        name, operations = line.split("\t")
        first = MARKS_PER_OPERATION * index + 1
        single, double = run.between(first, first + 1), run.between(first + 1, first + 2)
        yield name, single.per_operation(double, int(operations))
