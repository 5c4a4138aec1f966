"""Writes docs/rules from the rules of `payframe check`: `make docs`."""

from importlib import import_module
from itertools import groupby
from pathlib import Path

from payframe.harness.check import rules
from payframe.harness.check.registry import all_rules
from payframe.harness.check.rule import Rule

FOLDER = Path(__file__).parent / "rules"


def pages() -> dict[Path, str]:
    """Every file of the folder with its text."""
    index = {FOLDER / "README.md": write_index(all_rules())}
    return index | {FOLDER / f"{rule.id}.md": write_page(rule) for rule in all_rules()}


def write_page(rule: Rule) -> str:
    link = f"[{rule.fact}](../../{rule.fact.removeprefix('docs/')})"
    text = rule.markdown.replace(f"`{rule.fact}`", link)
    return f"# {rule.title.removesuffix('.')}\n\n`{rule.id}` · {rule.severity}\n\n{text}"


def write_index(known: tuple[Rule, ...]) -> str:
    lines = [
        "# The rules of `payframe check`",
        "",
        "An error keeps a buyer from paying or puts somebody at risk; with a warning the page",
        "works badly; what is only information needs the eye of whoever runs the page.",
    ]
    for family, members in groupby(known, key=lambda rule: rule.family):
        lines += [
            "",
            f"## {family}",
            "",
            about(family),
            "",
            "| rule | what is wrong | |",
            "|---|---|---|",
        ]
        lines += [
            f"| [{rule.id}]({rule.id}.md) | {rule.title} | {rule.severity} |" for rule in members
        ]
    return "\n".join(lines) + "\n"


def about(family: str) -> str:
    """What a family of rules is about, in its own words."""
    return (import_module(f"{rules.__name__}.{family}").__doc__ or "").strip()


def main() -> None:
    expected = pages()
    for old in set(FOLDER.rglob("*.md")) - set(expected):
        old.unlink()
    for file, text in expected.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


if __name__ == "__main__":
    main()
