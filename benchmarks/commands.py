"""How long `payframe --help` takes, beside a Python that does nothing."""

import subprocess
import sys
import time
from statistics import median

RUNS = 20
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "payframe --help": [sys.executable, "-m", "payframe", "--help"],
    "payframe demo --help": [sys.executable, "-m", "payframe", "demo", "--help"],
}


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):  # by turns, so that a busy machine is busy for all
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    nothing = median(taken["python -c pass"])
    for name, times in taken.items():
        middle = median(times)
        print(
            f"{name:22} median {middle * 1000:5.0f} ms  "
            f"({min(times) * 1000:.0f} to {max(times) * 1000:.0f})  {middle / nothing:.1f}x"
        )


if __name__ == "__main__":
    main()
