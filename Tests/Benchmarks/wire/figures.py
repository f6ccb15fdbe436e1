"""From runs to figures: medians, and ratios within rounds."""

import statistics

FIRST = "Apus"
OURS = (FIRST, "one file")


class Figures:
    def __init__(self, results):
        self.results = results
        self.servers = list(results["versions"])

    def runs(self, scenario, server):
        return [run for run in self.results["runs"] if (run["scenario"], run["server"]) == (scenario, server)]

    def values(self, scenario, server, field):
        return [run[field] for run in self.runs(scenario, server) if run.get(field) is not None]

    def median(self, scenario, server, field):
        """None when there is nothing to take it of."""
        values = self.values(scenario, server, field)
        return statistics.median(values) if values else None

    def ratios(self, scenario, server, field):
        """The server's figure over that of Apus in the same round, in order."""
        own = {run["round"]: run[field] for run in self.runs(scenario, FIRST) if run.get(field)}
        return sorted(
            run[field] / own[run["round"]] for run in self.runs(scenario, server) if run.get(field) and run["round"] in own)

    def noise(self):
        """The cores that others have used meanwhile: in the middle, and at most."""
        values = [run["noise"] for run in self.results["runs"] if "noise" in run]
        return (statistics.median(values), max(values)) if values else (0, 0)

    def measured(self, scenario):
        return [server for server in self.servers if self.runs(scenario, server)]


def digits(value):
    """Three digits that count, and no more."""
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
