"""The hold model on SimPy: N processes, each waits a random exponential delay again and again. Prints events per second."""

import random
import sys
import time

import simpy


def worker(env, delays, k):
    while True:
        yield env.timeout(delays[k & 65535])
        k += 1


def main():
    pending, events = int(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(1)
    delays = [draw.expovariate(1.0) for _ in range(65536)]
    env = simpy.Environment()
    for k in range(pending):
        env.process(worker(env, delays, k * 7919))
    env.run(until=1)
    start = time.perf_counter()
    env.run(until=1 + events / pending)
    print(events / (time.perf_counter() - start))


main()
