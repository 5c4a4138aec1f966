"""`payframe`, and `python -m payframe`.

Every browser that `payframe check` starts has a process of its own, which loads this first: the
command itself is loaded only where it runs.
"""


def main() -> None:
    from payframe.harness.commands.main import main

    main()


if __name__ == "__main__":
    main()
