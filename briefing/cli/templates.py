"""The commands about templates: which there are, what they take, whether they hold, making one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing.cli.frame import BASE, FOLDER, Group, show_result, takes

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.inspection import Problem


@click.group(cls=Group)
def templates() -> None:
    """See which templates there are, and what each takes."""


@templates.command("list")
@takes()
def list_templates() -> None:
    """List the templates that can be named."""
    from briefing import show, templating

    specs = [templating.load(name) for name in templating.names()]
    show_result(specs, show.table((spec.name, spec.description) for spec in specs))


@templates.command("show")
@click.argument("name", default=BASE.template)
@click.option("--schema", is_flag=True, help="The JSON Schema of the brief that all are given.")
@takes()
def show_template(name: str, **wanted: bool) -> None:
    """Show what the template NAME takes and prints."""
    from briefing import codec, show, templating

    if wanted["schema"]:
        return click.echo(codec.brief_schema(), nl=False)
    spec = templating.load(name)
    return show_result(spec, show.fields(spec, without=("lines", "folders")))


@templates.command("check")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@takes()
def check_templates(names: tuple[str, ...]) -> None:
    """Put all templates, or those named, to the test, with texts that bring out what is wrong.

    No model is needed. Prints each problem with its file and line; the exit code is 1 if one of
    them is an error.
    """
    from briefing import inspection, templating

    found = {name: _inspected(name) for name in names or templating.names()}
    problems = [problem for some in found.values() for problem in some]
    text = inspection.as_text(problems) if problems else ""
    passed = [name for name, some in found.items() if not some]
    told = "\n".join(filter(None, (text, *(f"{name}: nothing is wrong" for name in passed))))
    show_result({name: inspection.as_records(some) for name, some in found.items()}, told)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


@templates.command("new")
@click.argument("name")
@click.argument("place", metavar="[DIR]", type=FOLDER, default="templates")
@takes()
def new_template(name: str, place: Path) -> None:
    """Begin a template NAME in DIR, from a small example with comments."""
    from briefing.templating.scaffold import new

    folder = new(name, place)
    show_result({"folder": folder}, str(folder))


@templates.command("preview")
@click.argument("name", default=BASE.template)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@takes()
def preview_template(name: str, port: int, **wanted: bool) -> None:
    """Show the template NAME in a browser, and follow every edit of its files.

    Only this machine can open the page, and only with the address that is printed.
    """
    from briefing.preview import serve

    def ready(address: str) -> None:
        show_result({"address": address}, address)
        click.echo("Stop with Ctrl-C.", err=True)

    serve(name, port=port, open_browser=wanted["opens"], on_ready=ready)


def _inspected(name: str) -> tuple[Problem, ...]:
    """The problems of one template; those of others are looked for in a process with bounds."""
    from briefing import confined, inspection, templating

    if templating.is_shipped(name):
        return inspection.check(name)
    bounds = confined.Bounds(cpu_s=100, wall_s=180, memory_mb=2048)
    with confined.Confined(bounds, what=f"template {name}") as child:
        return child.call(inspection.check, str(templating.find(name)))
