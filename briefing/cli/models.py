"""The commands about models: which there are, whether their files are whole, fetching one."""

from __future__ import annotations

import sys

import click

from briefing.cli.frame import QUIET, VERBOSE, Group, noted, show_result, takes


@click.group(cls=Group)
def models() -> None:
    """See which models there are, and whether their files are whole."""


@models.command("list")
@takes()
def list_models() -> None:
    """List the models that can be named."""
    from briefing import doctor, show

    found = doctor.models()
    show_result(found, show.table(model.row() for model in found))


@models.command("show")
@click.argument("name")
@takes()
def show_model(name: str) -> None:
    """Show what is known of the model NAME."""
    from briefing import doctor, show

    model = doctor.describe(name)
    show_result(model, show.fields(model))


@models.command("check")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@takes()
def check_models(names: tuple[str, ...]) -> None:
    """Compare the files of all models, or of those named, with their digests."""
    from briefing import doctor, show

    found = {name: doctor.check_model(name) for name in names or doctor.model_names()}
    show_result(found, show.table(found.items()))


@models.command("pull")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Fetch without asking.")
@takes()
def pull_model(name: str, **agreed: bool) -> None:
    """Fetch the model NAME from the Hugging Face hub; no other command uses a network unasked."""
    from briefing import hub
    from briefing.show import progress

    plan = hub.plan(name)
    click.echo(plan.told(), err=True)
    if not agreed["yes"]:
        if not sys.stdin or not sys.stdin.isatty():
            raise click.UsageError("This is no terminal to ask in: agree with --yes.")
        if not click.confirm("Fetch it?", err=True):
            return click.echo("Nothing was fetched.", err=True)
    with progress(quiet=noted(QUIET), verbose=noted(VERBOSE)) as on_progress:
        pulled = hub.pull(plan, on_progress)
    return show_result(pulled, f"hf:{pulled.name}")
