"""The results as a picture: a panel for each scenario, a bar for each server, on a scale of the panel's own."""

from xml.sax.saxutils import escape

import report
from figures import OURS, Figures, digits
from scenarios import ALL

COLUMNS = 3
WIDTH, MARGIN, GAP = 960, 24, 24
PANEL = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
ROW, BAR = 20, 13
NAME, VALUE = 62, 64
HEAD = 92

# The picture brings its own ground: a page may be dark where the system is light.
STYLE = """\
  text { font: 12px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .ground { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 16px; font-weight: 600 }
  .panel { font-weight: 600 }
  .quiet { fill: #59636e }
  .ours { fill: #c2410c }
  .theirs { fill: #8c959f }
  .ours-text { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .ground { fill: #0d1117; stroke: #3d444d }
    .quiet { fill: #9198a1 }
    .ours { fill: #f97316 }
    .theirs { fill: #656c76 }
  }"""


def panels(figures):
    """Title, unit, and each server's figure; in all of them less is better."""
    for scenario in ALL:
        field, unit = {"idle": ("idle_kb", "KB"), "start": ("start_ms", "ms")}.get(scenario.kind, ("processor_us", "µs"))
        values = [(server, figures.median(scenario.name, server, field)) for server in figures.servers]
        values = [(server, value) for server, value in values if value is not None]
        if values:
            title = {"idle": "memory of an idle connection", "start": "start to first answer"}.get(scenario.kind, scenario.title)
            yield title, unit, values
    peaks = [(server, figures.median("plaintext", server, "peak_mb")) for server in figures.servers]
    if any(value is not None for _, value in peaks):
        yield "memory under load, plain text", "MB", [(server, value) for server, value in peaks if value is not None]


def text(x, y, content, kind="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(content)}</text>'


def panel(x, y, title, unit, values):
    yield text(x, y + 12, f"{title}, {unit}", "panel")
    most = max(value for _, value in values) or 1
    for row, (server, value) in enumerate(values):
        top = y + 22 + row * ROW
        is_ours = server in OURS
        length = max(1, (PANEL - NAME - VALUE) * value / most)
        yield text(x, top + BAR - 2, server, "ours-text" if is_ours else "")
        kind = "ours" if is_ours else "theirs"
        yield f'<rect x="{x + NAME:.1f}" y="{top:.1f}" width="{length:.1f}" height="{BAR}" rx="2" class="{kind}"/>'
        yield text(x + NAME + length + 5, top + BAR - 2, digits(value), "ours-text" if is_ours else "")


def svg(results):
    figures = Figures(results)
    drawn = list(panels(figures))
    parts = [
        text(MARGIN, 32, "CPU time per request, start and memory: less is better", "title"),
        text(MARGIN, 52, "User and system time of the server's processes, medians; each panel has a scale of its own.", "quiet"),
        text(MARGIN, 68, "One file: Apus as Samples/build links it. nginx and haproxy answer constant texts; what a server cannot do by itself is left out.", "quiet"),
    ]
    y = HEAD
    for first in range(0, len(drawn), COLUMNS):
        in_a_row = drawn[first:first + COLUMNS]
        for column, (title, unit, values) in enumerate(in_a_row):
            parts += panel(MARGIN + column * (PANEL + GAP), y, title, unit, values)
        y += 38 + ROW * max(len(values) for _, _, values in in_a_row)
    height = y + 54
    parts += [
        text(MARGIN, height - 38, report.origin(results), "quiet"),
        text(MARGIN, height - 20, report.versions(results), "quiet"),
    ]
    body = "\n".join("  " + part for part in parts)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">
  <title>CPU time per request of {escape(", ".join(figures.servers))}</title>
  <style>
{STYLE}
  </style>
  <rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6" class="ground"/>
{body}
</svg>
"""
