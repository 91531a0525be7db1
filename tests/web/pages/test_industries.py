# SPDX-License-Identifier: Apache-2.0
"""Industries, firms and parks: what the pages say of a simulated county, who may see a firm, what is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

VIEW = "region=450305&at=2018-12-31"
PAGES = (
    "industries/",
    "industries/compare/",
    "industries/thresholds/?subject=enterprise&target=2",
    "industries/thresholds/?subject=industry&target=2",
    "enterprises/?show=all",
    "enterprises/first-patent/",
    "enterprises/first-patent/?list=filing",
    "enterprises/holders/",
    "parks/",
    "parks/compare/",
)


def _at(address: str, **more: str) -> str:
    joined = "&" if "?" in address else "?"
    return f"/{address}{joined}{VIEW}" + "".join(f"&{name}={value}" for name, value in more.items())


def test_without_any_data_each_page_says_what_to_do(
    signed_in: Callable[..., Any], office: Path, settled: Callable[..., Any]
) -> None:
    asking = signed_in("office")
    for address in PAGES:
        answered = settled(asking, _at(address))
        assert answered.status_code == 200, address
        assert "<h1>" in answered.content.decode()


@pytest.mark.parametrize("faulty", ["industries/?year=99", "enterprises/?year=x", "parks/?year=3000"])
def test_a_year_that_is_none_is_refused(signed_in: Callable[..., Any], faulty: str) -> None:
    assert signed_in("office").get(_at(faulty)).status_code == 400


@pytest.mark.parametrize(
    "faulty", ["industries/?scheme=none", "enterprises/?scheme=none", "parks/?scheme=none"]
)
def test_a_scheme_that_is_none_is_not_found(
    signed_in: Callable[..., Any], settled: Callable[..., Any], faulty: str
) -> None:
    assert settled(signed_in("office"), _at(faulty)).status_code == 404


def test_a_firm_of_another_region_is_refused_and_its_own_is_not(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, clean: Path
) -> None:
    from zhihang.web import firm_access
    from zhihang.web.accounts.models import Person

    register = {
        "enterprise": "X1",
        "name": "甲公司",
        "region": "450324",
        "industry": None,
        "address": None,
        "park": None,
    }
    empty: dict[str, Any] = {"figures": [], "patents": [], "schemes": [], "titles": [], "fees": []}
    sheet = {
        **empty,
        "register": register,
        "region": "",
        "industry": "",
        "link": "none",
        "year": 2018,
        "simulated": False,
    }
    monkeypatch.setattr(firm_access, "firm_sheet", lambda *_, **__: sheet)
    address = _at("enterprises/sheet/X1/")
    assert signed_in("office").get(address).status_code == 200
    assert signed_in("county").get(address).status_code == 403, "450324 is not within 450305"
    assert signed_in("firm").get(address).status_code == 403
    assert signed_in("firm").get("/api/v1/enterprises/sheet/X1/?year=2018").status_code == 403
    Person.objects.filter(name="firm").update(subject="X1")
    assert signed_in("firm").get(address).status_code == 200
    assert signed_in("firm").get("/api/v1/enterprises/sheet/X1/?year=2018").status_code == 200
    assert signed_in("firm").get(_at("enterprises/sheet/X2/")).status_code == 403


def test_a_narrow_key_does_not_read_firms(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.api.access import make_token

    key = make_token(Person.objects.get(name="office"), "open", ["public"])
    answered = client.get(
        "/api/v1/enterprises/sheet/X1/?year=2018", headers={"authorization": f"Bearer {key}"}
    )
    assert answered.status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_page_tells_of_the_county(
    signed_in: Callable[..., Any], region: Path, settled: Callable[..., Any], language: str
) -> None:
    asking = signed_in("county")
    for address in PAGES:
        answered = settled(asking, _at(address, lang=language))
        assert answered.status_code == 200, address
        told = answered.content.decode()
        assert "fault-box" not in told or "target" in address, address
        assert asking.get(_at(address).replace("450305", "450324")).status_code == 403, address


@pytest.mark.slow
def test_from_a_firm_to_its_sheet_its_file_and_its_park(
    signed_in: Callable[..., Any], region: Path, settled: Callable[..., Any]
) -> None:
    from zhihang.web.jobs.models import Job
    from zhihang.web.jobs.verb import verbs
    from zhihang.workspace import open_workspace

    asking = signed_in("county")
    rows = settled(asking, "/api/v1/enterprises/?region=450305&year=2018").json()["items"]
    firm = settled(asking, _at(f"enterprises/sheet/{rows[0]['enterprise']}/"))
    assert rows[0]["name"] in firm.content.decode()
    parks = settled(asking, "/api/v1/parks/?region=450305").json()["items"]
    shown = settled(asking, _at(f"parks/profile/{parks[0]['park']}/"))
    assert parks[0]["park"] in shown.content.decode()
    posted = asking.post(
        _at("industries/fact-sheet/"), {"kind": "enterprise", "name": rows[0]["enterprise"], "year": "2018"}
    )
    assert posted.status_code == 302
    job = Job.objects.get(verb="fact_sheet")
    made = verbs()["fact_sheet"](open_workspace(region), lambda *_: None, **job.arguments)
    assert {name.rsplit(".")[-1] for name in made["files"]} == {"docx", "pdf", "xlsx"}


@pytest.mark.slow
def test_a_topic_is_built_counted_and_handed_out(signed_in: Callable[..., Any], region: Path) -> None:
    from zhihang.web.jobs.models import Job
    from zhihang.web.jobs.verb import verbs
    from zhihang.workspace import open_workspace

    asking = signed_in("office")
    assert "尚未建成" in asking.get("/search/topics/biology/").content.decode()
    assert signed_in("county").post("/search/topics/biology/").status_code == 403
    assert asking.post("/search/topics/biology/").status_code == 302
    job = Job.objects.get(verb="publish_topic")
    made = verbs()["publish_topic"](open_workspace(region), lambda *_: None, **job.arguments)
    Job.objects.filter(pk=job.pk).update(state="done")
    told = asking.get("/search/topics/biology/").content.decode()
    assert "尚未建成" not in told
    assert all(file in told for file in made["files"])
    assert signed_in("county").get("/search/topics/biology/files/biology.csv").status_code == 200
    assert asking.get("/search/topics/biology/files/nothing.csv").status_code == 404


def test_titles_are_listed_by_state_and_as_a_file(
    signed_in: Callable[..., Any], office: Path, settled: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.desks.intensity import IntensityDesk

    def title(name: str, standing: str, left: int | None) -> dict[str, Any]:
        kept = {
            "title": "高新技术企业",
            "valid_from": "2016-01-01",
            "valid_until": "2019-01-01",
            "issuer": None,
        }
        more = {"revoked_on": None, "certificate": "GR1", "region": "450305", "in_register": False}
        return {"name": name, "standing": standing, "days_left": left, **kept, **more}

    asking = signed_in("office")
    assert "还没有企业资质名单" in settled(asking, _at("enterprises/titles/")).content.decode()
    rows = [title("<b>甲</b>", "in_force", 30), title("乙", "in_force", 400), title("丙", "expired", -9)]
    monkeypatch.setattr(IntensityDesk, "titles", lambda *_: rows)
    address = "enterprises/titles/?region=450305&at=2018-12-30"
    text = settled(asking, f"/{address}").content.decode()
    assert "2 家企业持有有效资质，1 项半年内到期" in text
    assert "&lt;b&gt;甲&lt;/b&gt;" in text
    soon = settled(asking, f"/{address}&state=soon").content.decode()
    assert "乙" not in soon.split("<tbody>")[1]
    assert "High-tech enterprise" in settled(asking, f"/{address}&lang=en").content.decode()
    assert "已到期" in settled(asking, f"/{address}&form=csv").content.decode("utf-8-sig")
    assert settled(asking, f"/{address}&state=none").status_code == 404


@pytest.mark.slow
@pytest.mark.usefixtures("region")
def test_bounds_of_ones_own_give_a_number_and_a_fault_is_told_at_its_field(
    signed_in: Callable[..., Any], settled: Callable[..., Any]
) -> None:
    asking = signed_in("office")
    address = _at("industries/thresholds/?subject=enterprise")
    text = settled(asking, address).content.decode()
    names = re.findall(r'name="(b_\w+)"', text)
    assert names
    assert "按自定门槛" not in text
    loose = settled(asking, f"{address}&" + "&".join(f"{name}=0" for name in names)).content.decode()
    assert re.search(r"按自定门槛有 [\d,]+ 个符合，比现有门槛多", loose)
    wrong = settled(asking, f"{address}&{names[0]}=x").content.decode()
    assert "请填写数字" in wrong
    assert 'value="x"' in wrong


def test_another_year_of_firms_keeps_what_was_chosen(
    signed_in: Callable[..., Any], office: Path, settled: Callable[..., Any]
) -> None:
    text = settled(signed_in("office"), _at("enterprises/?show=near")).content.decode()
    assert '<input type="hidden" name="show" value="near">' in text
