"""`payframe`, and `python -m payframe`.

Every browser that `payframe check` starts has a process of its own, which loads this first: the
command itself is loaded only where it runs.
"""

import atexit
import gc

GARBAGE = 50_000
"""New objects after which garbage is looked for. Python's 700 has it search what is being loaded,
again and again, for a fifth of the time that a command takes to start."""


def main() -> None:
    gc.set_threshold(GARBAGE)
    atexit.register(gc.freeze)  # a last search, for what ends with the process, takes 0.3 s
    from payframe.harness.commands.main import main

    main()


if __name__ == "__main__":
    main()
