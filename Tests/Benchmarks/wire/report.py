"""The results as a page: what was measured on what, tables, and every ratio with its spread."""

import statistics

from figures import FIRST, Figures, digits
from measuring import CONNECTIONS
from scenarios import ALL

COMMAND = "Tests/Benchmarks/run wire"


def origin(results):
    """Where and when the figures come from, in one line."""
    machine = results["machine"]
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}; {machine['system']}, Linux {machine['kernel']}; "
        f"{results['date']}")


def versions(results):
    return ", ".join(f"{name} {version}" for name, version in results["versions"].items())


def table(heading, rows):
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def overview(figures, title, field, scenarios, ratio=True):
    """A row for each scenario, a column for each server; behind the others' figures stands their ratio to ours."""
    rows = []
    for scenario in scenarios:
        row = [scenario.title]
        for server in figures.servers:
            cell = digits(figures.median(scenario.name, server, field))
            ratios = figures.ratios(scenario.name, server, field)
            row.append(f"{cell} ({statistics.median(ratios):.2f})" if ratio and server != FIRST and ratios else cell)
        if any(cell != "–" for cell in row[1:]):
            rows.append(row)
    return table([title, *figures.servers], rows) if rows else ""


def details(figures, scenarios):
    rows = []
    for scenario in scenarios:
        for server in figures.measured(scenario.name):
            costs = figures.values(scenario.name, server, "processor_us")
            ratios = figures.ratios(scenario.name, server, "processor_us")
            if not costs:
                continue
            latency = figures.median(scenario.name, server, "p99_us")
            rows.append([
                scenario.title, server, f"{digits(statistics.median(costs))} ({digits(min(costs))}–{digits(max(costs))})",
                f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})" if ratios else "–",
                # wrk corrects latencies for what it should have sent, which is wrong for several requests in a row.
                digits(latency / 1_000) if latency is not None and scenario.depth == 1 else "–",
                str(sum(figures.values(scenario.name, server, "failures"))), digits(figures.median(scenario.name, server, "noise")),
            ])
    heading = ["scenario", "server", "CPU µs (least–most)", f"over {FIRST}", "p99 ms", "failures", "other cores"]
    return table(heading, rows) if rows else ""


def page(results):
    figures = Figures(results)
    loads = [scenario for scenario in ALL if scenario.kind in ("wrk", "handshakes")]
    plain = [scenario for scenario in ALL if scenario.name == "plaintext"]
    noise = figures.noise()
    missing = f"Not installed, and so not measured: {', '.join(results['missing'])}.\n" if results["missing"] else ""
    failures = "".join(f"- {failure}\n" for failure in results["failures"])
    resources = "".join([
        overview(figures, "start to first answer, ms", "start_ms", [item for item in ALL if item.kind == "start"]),
        "\n",
        overview(figures, "most memory, MB", "peak_mb", plain + [item for item in ALL if item.kind == "start"]),
        "\n",
        overview(figures, "memory of a connection, KB", "idle_kb", [item for item in ALL if item.kind == "idle"]),
    ])
    return f"""\
# Apus beside other servers

`{COMMAND}` has written this page. {origin(results)}.
{versions(results)}; {results['client']}.
{missing}
{results['rounds']} rounds of {results['seconds']} s for each server and scenario, the servers in turn; medians. Behind another
server's figure stands its ratio to that of {FIRST} in the same round: below 1 it is the lower one. The clients run on the same cores.
Other processes used {noise[0]:.2f} cores in the middle and {noise[1]:.2f} at most.

nginx and haproxy answer constant texts, JSON too; the others encode it for each request. What a server cannot do by itself is left out.
All of them have access logs off and keep connections open. "One file" is {FIRST} as `Samples/build` links it.

## CPU time

User and system time of the server's processes for each request, in µs. Most of it is the kernel's.

{overview(figures, "CPU µs per request", "processor_us", loads)}
## Requests

By one thread of wrk with {CONNECTIONS} connections (handshakes: by a client in Python, which is what bounds them), on the cores that the
server runs on: where a server is faster than its client this is the client's limit, and only CPU time tells servers apart.

{overview(figures, "requests per second", "per_second", loads)}
## Memory and start

{resources}
## Every ratio

{details(figures, loads)}
{"## What went wrong" + chr(10) + chr(10) + failures if failures else ""}"""
