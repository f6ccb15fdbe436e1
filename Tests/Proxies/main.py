#!/usr/bin/env python3
"""main.py PROGRAM WORK: every case of the battery through every front; see `run`.

A case does harm when the back answers a request that the front has not passed on, or gives an answer for another target than the one
that the front believes it asked for; when the client gets answers in another order than it has asked, or when somebody who comes next
through the same front gets another's. A request may get lost: the back closes the connection where it sees a fault.
"""

import asyncio
import json
import pathlib
import sys
from functools import partial

import fronts
from answers import Answers
from battery import CASES
from naive_front import NaiveFront, first_length, last_length
from server import Server
from tap import Tap

QUIET = 0.25
OTHERS = 3
HERE = pathlib.Path(__file__).parent


async def exchange(front, octets):
    """The answers to `octets`, until the front closes or says nothing more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", front.port)
    writer.write(octets)
    answers = Answers()
    try:
        while received := await asyncio.wait_for(reader.read(65_536), QUIET if answers.found else front.patience):
            answers.receive(received)
    except (asyncio.TimeoutError, OSError):
        pass
    writer.close()
    return answers.found


async def is_another_wronged(front, number):
    """Whether another client's answer is to a question that it has not asked; it may be an error, or none."""
    octets = f"GET /users/other{number} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    return any(status == 200 and word != f"other{number}" for status, word in await exchange(front, octets))


def words(forwarded):
    """What the sample answers to requests for these targets."""
    return [target.rsplit("/", 1)[-1] for target, status in forwarded if status == 200]


async def play(front, tap, octets):
    """What happened, and what was wrong with it."""
    front.forwarded.clear()
    tap.answered.clear()
    answers = await exchange(front, octets)
    wronged = [await is_another_wronged(front, number) for number in range(OTHERS)]
    for _ in range(20):
        # The log comes by another way than the answers, and may be late.
        if len(front.forwarded) >= len(tap.answered):
            break
        await asyncio.sleep(0.05)

    passed_on = sum("/other" not in target for target, _ in front.forwarded)
    problems = []
    if any(wronged):
        problems.append("another client got a wrong answer")
    given = [word for status, word in tap.answered if status == 200]
    asked = words(front.forwarded)
    # The content of an answer to HEAD does not come.
    if len(tap.answered) > len(front.forwarded) or len(given) != len(asked) or any(
            one not in ("", other) for one, other in zip(given, asked)):
        problems.append(f"the front has passed on {front.forwarded}, the back has answered {tap.answered}")
    order = ["first", "hidden", "last"]
    got = [word for status, word in answers if status == 200 and word]
    if not set(got) <= set(order) or got != sorted(set(got), key=order.index):
        problems.append(f"the client got {answers}")
    return "/".join(str(status) for status, _ in answers) or "none", passed_on, problems


async def good_traffic(front):
    """The client that verifies each answer, through the front."""
    client = await asyncio.create_subprocess_exec(
        sys.executable, HERE.parent / "Attacks/good_client.py", f"http://127.0.0.1:{front.port}", "5", "200",
        stdout=asyncio.subprocess.PIPE)
    return json.loads((await client.communicate())[0])


async def judge(name, make, sample):
    """Every case through one front; returns how many did harm."""
    tap = Tap(sample.port)
    await tap.start()
    front = make(back=tap.port)
    await front.start()
    seen = await good_traffic(front)
    harmful = int(bool(seen["failed"] or seen["wrong"]))
    refused = 0
    lines = [f"== {name}: {seen['good']} good requests, {seen['failed']} failed, {seen['wrong']} wrong, p99 {seen['p99']} ms"]
    for case, octets in CASES.items():
        answers, passed_on, problems = await play(front, tap, octets)
        refused += passed_on == 0
        harmful += bool(problems)
        lines.append(f"{'BAD' if problems else 'ok':4} {case:60.60} passed on {passed_on}, the client got {answers}")
        lines += ["     " + problem for problem in problems]
    await front.stop()
    print(*lines, f"-- {name}: {len(CASES)} cases, {harmful} with harm, {refused} refused by the front itself", sep="\n", flush=True)
    return harmful


async def main(program, work):
    sample = Server(program, work / "sample.log")
    everyone = fronts.installed(work) | {
        "naive, first length": partial(NaiveFront, first_length, True),
        "naive, last length": partial(NaiveFront, last_length, True),
        "naive, chunks": partial(NaiveFront, first_length, False),
    }
    harmful = sum(await asyncio.gather(*(judge(name, make, sample) for name, make in everyone.items())))
    status = sample.stop()
    if harmful or status != 0:
        return f"error: {harmful} cases did harm, and the sample's status was {status}; see {work}"
    print(f"No harm in {len(CASES)} cases through each of {len(everyone)} fronts")


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], pathlib.Path(sys.argv[2]).resolve())))
