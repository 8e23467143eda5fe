"""What the preview's server answers: the page, its state, and the files of its outputs."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from briefing.paths import shipped
from briefing.preview.guard import OUTPUT_POLICY
from briefing.preview.rendering import View
from briefing.preview.watching import changes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sse_starlette import JSONServerSentEvent
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from briefing.preview.session import Session

PAGE = Path(__file__).parent / "page"
FONTS = shipped("templates") / "fonts"
FILES = {
    "": PAGE / "preview.html",
    "preview.css": PAGE / "preview.css",
    "preview.js": PAGE / "preview.js",
    "icon.svg": PAGE / "icon.svg",
    "regular.woff2": FONTS / "brief-sans-regular.woff2",
    "semibold.woff2": FONTS / "brief-sans-semibold.woff2",
}
"""All files that there are to ask for; no folder is served."""
LEAST_SCALE, MOST_SCALE = 1.0, 3.0


def application(session: Session, folders: Callable[[], tuple[Path, ...]]) -> Starlette:
    """The application, which watches `folders` for as long as it runs."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_watch, session, folders)
            tasks.start_soon(session.check_on)
            yield
            tasks.cancel_scope.cancel()

    return Starlette(
        routes=[
            *(Route(f"/{name}", partial(_file, path)) for name, path in FILES.items()),
            Route("/state", partial(_state, session)),
            Route("/checks", partial(_checks, session)),
            Route("/events", partial(_events, session)),
            Route("/out/{number:int}/{name}", partial(_output, session)),
        ],
        lifespan=running,
    )


async def _watch(session: Session, folders: Callable[[], tuple[Path, ...]]) -> None:
    async for paths in changes(folders):
        await session.changed(paths)


async def _file(path: Path, _: Request) -> Response:
    from starlette.responses import FileResponse

    return FileResponse(path)


async def _state(session: Session, request: Request) -> Response:
    from starlette.responses import JSONResponse, PlainTextResponse

    try:
        view = view_of(dict(request.query_params))
    except ValueError as error:
        return PlainTextResponse(f"{error}\n", 400)
    return JSONResponse(await session.state(view))


async def _checks(session: Session, _: Request) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse(session.checks())


async def _events(session: Session, _: Request) -> Response:
    from sse_starlette import EventSourceResponse, JSONServerSentEvent

    async def told() -> AsyncIterator[JSONServerSentEvent]:
        async for news in session.news():
            yield JSONServerSentEvent(news)

    return EventSourceResponse(told())


async def _output(session: Session, request: Request) -> Response:
    from starlette.responses import PlainTextResponse, Response

    output = session.output(request.path_params["number"])
    name: str = request.path_params["name"]
    if output is not None:
        rendered = output.rendered
        if name == "brief.html":
            policy = {"content-security-policy": OUTPUT_POLICY}
            return Response(rendered.html, media_type="text/html", headers=policy)
        if name == "brief.pdf":
            return Response(rendered.pdf, media_type="application/pdf")
        pictures = {f"{at}.png": data for at, data in enumerate(rendered.pictures, start=1)}
        if name in pictures:
            return Response(pictures[name], media_type="image/png")
    return PlainTextResponse("There is no such output any more.\n", 404)


def view_of(query: dict[str, str]) -> View:
    """What a browser asks to see.

    Raises:
        ValueError: If the query says what no page of ours would ask.
    """
    options = json.loads(query.get("options") or "{}")
    if not isinstance(options, dict) or not all(isinstance(one, str) for one in options.values()):
        raise ValueError("options: a name and a text each")
    scale = float(query.get("scale") or 1)
    return View(
        fixture=query.get("fixture", ""),
        page=query.get("page", ""),
        language=query.get("language", ""),
        options=tuple(sorted(options.items())),
        scale=min(max(scale, LEAST_SCALE), MOST_SCALE),
    )
