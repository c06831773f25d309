"""What goes on beside the pages: told while it lasts, begun where it was broken off."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from careo.present.web.room import Visit


def going(visit: Visit) -> Response:
    """How far it is. When it is done, the page that asked is fetched anew."""
    response = visit.fragment("going.html")
    if visit.room.errands.doing.stage is None:
        response.headers["hx-refresh"] = "true"
    return response


def conclude(visit: Visit, form: FormData) -> Response:
    """Conclude the case anew."""
    visit.room.errands.conclude()
    visit.room.errands.rest(0.7)
    return back(visit, form)


def back(visit: Visit, form: FormData) -> Response:
    """To the page that the form stood on; to no address but ours."""
    asked = str(form.get("back", ""))
    inside = asked.startswith(f"{visit.base}/") and asked.isprintable() and "\\" not in asked
    return RedirectResponse(asked if inside else f"{visit.base}/", 303)
