"""`payframe explain`: what a rule of `payframe check` is about."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from .registry import all_rules, choose_rules
from .rule import Rule


def explain_command(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="[RULE]", help="A rule or a family of rules, such as sizing."),
    ] = None,
) -> None:
    """Say what a rule of `payframe check` looks for, why it matters and how to fix it.

    Without RULE, or with a family of rules, list the rules.
    """
    chosen = choose_rules([rule]) if rule else all_rules()
    if [known.id for known in chosen] != [rule]:
        for known in chosen:
            print(f"{known.id:32} {known.severity:8} {known.title}")
        return
    text = page(chosen[0])
    console = Console()
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        print(text, end="")


def page(rule: Rule) -> str:
    """All that a rule says of itself, in Markdown."""
    return f"# {rule.title}\n\n`{rule.id}` · {rule.severity}\n\n{rule.markdown}"
