"""The machine: what it is, and who uses its processors."""

import os
import pathlib
import platform
import re
import resource

TICK = os.sysconf("SC_CLK_TCK")


def _first(pattern, file):
    match = re.search(pattern, pathlib.Path(file).read_text(), re.MULTILINE)
    return match.group(1).strip() if match else "unknown"


def description():
    return {
        "processor": _first(r"^model name\s*:(.*)$", "/proc/cpuinfo"),
        "cores": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": _first(r'^PRETTY_NAME="(.*)"', "/etc/os-release"),
        "kernel": platform.release(),
    }


def busy_seconds():
    """What all processors have spent on work so far, as far as it was given to this machine."""
    user, nice, system, _, _, interrupts, soft_interrupts = map(int, pathlib.Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + interrupts + soft_interrupts) / TICK


def ended_children_seconds():
    """What the processes that this one has waited for have spent: those that make the load."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def own_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Tree:
    """A process and what it has started, looked at through /proc."""

    def __init__(self, root):
        self.root = root

    def members(self):
        """Each process with its processor time in seconds."""
        children, seconds = {}, {}
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                process, fields = int(stat.parent.name), stat.read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(int(fields[1]), []).append(process)
            # With that of children which have ended.
            seconds[process] = sum(map(int, fields[11:15])) / TICK
        found, waiting = {}, [self.root]
        while waiting:
            process = waiting.pop()
            if process in seconds:
                found[process] = seconds[process]
                waiting += children.get(process, [])
        return found

    def processor_seconds(self):
        return sum(self.members().values())

    def memory(self, field):
        """`VmRSS`, what is resident, or `VmHWM`, the most that has been; of all members together, in KB."""
        total = 0
        for process in self.members():
            try:
                status = pathlib.Path(f"/proc/{process}/status").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            match = re.search(rf"^{field}:\s*(\d+) kB", status, re.MULTILINE)
            total += int(match.group(1)) if match else 0
        return total
