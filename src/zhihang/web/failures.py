# SPDX-License-Identifier: Apache-2.0
"""Pages for when something is wrong: what happened, whether anything was lost, what to do, and an id that is in the log."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zhihang.errors import Infeasible, NotAllowed, NotComparable, NotFound, StoreBusy, ZhihangError
from zhihang.terms.label import Label

LOG = logging.getLogger("zhihang.web")
CODES: dict[type[ZhihangError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    StoreBusy: 503,
    NotComparable: 422,
    Infeasible: 422,
}
TITLES: dict[int, Label] = {
    400: Label("这个请求无法理解", "This request is not understood"),
    403: Label("无权访问", "You may not open this"),
    404: Label("没有找到", "There is no such page"),
    422: Label("无法给出结果", "There is no result for this"),
    500: Label("系统内部错误", "Something broke on our side"),
    503: Label("数据库正在写入", "The store is being written to"),
}
ADVICE: dict[int, Label] = {
    400: Label("请返回上一页重试。没有任何内容被修改。", "Go back and try again. Nothing was changed."),
    403: Label("没有任何内容被修改。", "Nothing was changed."),
    404: Label(
        "请核对网址，或从总览进入。没有任何内容被修改。",
        "Check the address. Nothing was changed.",
    ),
    422: Label("没有任何内容被修改。", "Nothing was changed."),
    500: Label(
        "已记录。未完成的操作不会留下一半的结果；请把编号告诉系统管理员。",
        "It is in the log. What was not finished leaves nothing half done; tell the administrator the id.",
    ),
    503: Label("请稍后再试。没有任何内容被修改。", "Try again in a moment. Nothing was changed."),
}


def mendable(request: HttpRequest, error: ZhihangError) -> HttpResponse:
    """Return the page of an error that a person can mend."""
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)
    return _page(request, code, error=error)


def on_its_way(request: HttpRequest, verb: str) -> HttpResponse:
    """Return the page that waits for an answer: it asks again by itself, with scripts and without."""
    response = render(request, "on_its_way.html", {"verb": verb}, status=202)
    response.headers["Retry-After"] = "2"
    return response


def misunderstood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense."""
    return _page(request, 400, exception=exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for what is not allowed."""
    return _page(request, 403, exception=exception)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form that did not come from here, or whose session is over."""
    LOG.warning("form refused: %s", reason)
    return _page(request, 403, form=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address that leads nowhere."""
    return _page(request, 404, exception=exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours."""
    return _page(request, 500)


def _page(request: HttpRequest, code: int, **more: Any) -> HttpResponse:
    found = secrets.token_hex(4)
    error = more.get("error")
    LOG.log(
        logging.ERROR if code >= 500 else logging.INFO,
        "%s answered %s %s: %s [%s]",
        code,
        request.method,
        request.path,
        error.what if error else TITLES[code].en,
        found,
    )
    title, advice = TITLES[code], ADVICE[code]
    if request.path.startswith("/api/"):
        said = {"error": error.what if error else title.en, "code": code, "id": found}
        if error:
            said |= {"facts": error.facts, "what_to_do": error.todo}
        return JsonResponse(said, status=code, json_dumps_params={"ensure_ascii": False})
    shown = {"failure": title, "advice": advice, "code": code, "id": found, **more}
    return render(request, "failure.html", shown, status=code)
