#!/usr/bin/env python3
"""attack.py NAME PORT SECONDS [PAUSE]: runs one attack of the folder `attacks`; prints what it did as JSON.

PAUSE, in seconds, is made before each round of the attack, so that it leaves room for others.
"""

import asyncio
import importlib
import inspect
import json
import sys

import wire

if __name__ == "__main__":
    target = wire.Target(int(sys.argv[2]), *map(float, sys.argv[3:]))
    attack = importlib.import_module("attacks." + sys.argv[1]).attack
    result = attack(target)
    if inspect.isawaitable(result):
        asyncio.run(result)
    print(json.dumps(target.counts))
