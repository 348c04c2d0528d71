"""Crawls a home again and again, and kills each crawl with SIGKILL at a random moment: ``HOME TIMES SEED``.

The crawls are forked from a process that has loaded everything, so that the moments fall into their work.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from etl.catalogue import Catalogue
from etl.pipeline.crawl import crawl
from etl.settings import Home

LATEST = 1.0  # seconds after which a crawl is killed at the latest


def main(root: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    home = Home(home=root)
    Catalogue(home.catalogue_address).close()
    killed = 0
    while killed < times:
        child = os.fork()
        if child == 0:
            crawl(home)
            os._exit(0)
        time.sleep(chance.uniform(0.005, LATEST))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    print(killed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
