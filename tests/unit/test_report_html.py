"""The report page: whole, safe whatever the SQL says, and readable by machines that read pages to people."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from orchestrator.report import figures, html

RUN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "run.json").read_text(encoding="utf-8"))
HOSTILE = '</script></title></style><img src=x onerror=alert(1)>" onmouseover="alert(1)" x=\'{{ 7 * 7 }}\' \x1b[2J'
# Values that decide what is drawn; changed, most of the page would be left out.
DECIDING = frozenset({"phase", "blocks", "verdict", "kind", "mode", "relation", "id", "about", "topic"})
VOID = frozenset({"meta", "link"})
DOCUMENT = ("html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "section", "footer")
BLOCKS = ("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "pre", "details", "summary")
TABLES = ("table", "caption", "thead", "tbody", "tr", "th", "td", "data")
DRAWINGS = ("figure", "figcaption", "svg", "desc", "defs", "pattern", "line", "text", "circle", "rect")
WRITTEN_BY_US = {*DOCUMENT, *BLOCKS, *TABLES, *DRAWINGS, "a", "span", "strong", "code"}


class Page(HTMLParser):
    """Elements in order as (tag, attributes), text by element, and which ids there are."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.unclosed: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self.open), data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]

    @property
    def text(self) -> str:
        return " ".join("".join(data for _, data in self.texts).split())


def without_migration(run: dict[str, Any]) -> None:
    run["migration"] = run["review"] = None
    run["handoffs"] = []
    run["evidence"] = [each for each in run["evidence"] if each["topic"] not in ("locks", "roundtrip", "waiting")]


def nothing_worth_changing(run: dict[str, Any]) -> None:
    without_migration(run)
    for query in run["queries"]:
        query.update(effect=None, trials=None, rewritten=None, indexes=[], curves=[], needed=[])
        query["plans"]["after"] = None
        for each in query["candidates"]:
            each["verdict"] = "rejected"
    for index in run["indexes"]:
        index["chosen"] = False
    run["inserts"] = []
    run["output"]["indexes_added"] = run["output"]["recommendations"] = []


def no_cpu_time(run: dict[str, Any]) -> None:
    for query in run["queries"]:
        query["effect"]["cpu"] = query["baseline"]["cpu_ms"] = query["baseline"]["parallel_ms"] = None
        query["trials"]["before_cpu_ms"] = query["trials"]["after_cpu_ms"] = []
        for each in query["candidates"]:
            each["measured"]["cpu_ms"] = None


def one_query_without_curve(run: dict[str, Any]) -> None:
    del run["queries"][1]
    run["queries"][0]["curves"] = []
    run["queries"][0]["settings"] = {"hnsw.ef_search": "80"}


def own_server(run: dict[str, Any]) -> None:
    table = {"name": "docs", "rows": 50_000, "estimated_rows": 63_666, "sampled": True}
    server = {"postgresql": "17.6", "pgvector": None, "read_only": True}
    run["target"] = {
        "kind": "dsn",
        "shown": "host=db dbname=shop",
        "tables": [table],
        "left_out": ["a trigger"],
        "server": server,
    }
    run["scratch"]["pgvector"] = None


def thirty_candidates(run: dict[str, Any]) -> None:
    each = run["queries"][1]["candidates"][0]
    run["queries"][1]["candidates"] = [{**each, "name": f"candidate {number}"} for number in range(30)]


def failed_proof(run: dict[str, Any]) -> None:
    proof = run["migration"]["proof"]
    failure = {
        "message": "canceling statement due to lock timeout",
        "sqlstate": "55P03",
        "kind": "LockNotAvailable",
        "line": 37,
    }
    proof["clean"] = False
    proof["phases"] = {"upgrade": {**proof["phases"]["upgrade"], "error": failure}}
    proof["roundtrip"] = {"schema_equal": None, "data_equal": None, "second_upgrade": None}
    proof["statements"] = [{**proof["statements"][4], "error": failure, "scan": None, "line": None}]
    proof["timeline"] = []
    proof["findings"] = [
        {
            "hazard": "blocking-index-create",
            "table": "chunks",
            "severity": "error",
            "why": "writes wait",
            "instead": "CONCURRENTLY",
        }
    ]
    proof["strongest_lock"] = [{"phase": "upgrade", "table": "chunks", "mode": "SHARE", "blocks": "writes"}]
    run["review"] = {"verdict": "could-not-review", "findings": [], "checks": [], "reason": "the file is gone"}


def findings_of_the_reviewer(run: dict[str, Any]) -> None:
    finding = {
        "hazard": "index-name",
        "table": "",
        "severity": "warning",
        "evidence": "inferred",
        "observed": "it is called x",
        "location": {"file": "x.py", "line": 3},
        "why": "nobody dares to drop it",
        "instead": "name it idx_x_y",
        "source": "javascript:alert(1)",
    }
    run["review"]["verdict"] = "changes-requested"
    run["review"]["findings"] = [finding, {**finding, "source": "https://www.postgresql.org/docs/current/"}]
    run["review"]["checks"][0]["passed"] = False


def nothing_recorded(run: dict[str, Any]) -> None:
    run.update(
        route={},
        artifacts=[],
        recalled=[],
        decisions=[],
        handoffs=[],
        not_checked=[],
        seconds={},
        indexes=[],
        evidence=[],
    )
    for query in run["queries"]:
        query.update(causes=[], candidates=[], curves=[], needed=[])


CHANGED = (
    without_migration,
    nothing_worth_changing,
    no_cpu_time,
    one_query_without_curve,
    own_server,
    thirty_candidates,
    failed_proof,
    findings_of_the_reviewer,
    nothing_recorded,
)
VARIANTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "as it is": copy.copy,
    **{change.__name__.replace("_", " "): change for change in CHANGED},
}
every_variant = pytest.mark.parametrize("variant", VARIANTS)


def varied(name: str) -> dict[str, Any]:
    run = copy.deepcopy(RUN)
    VARIANTS[name](run)
    return run


def injected(value: Any, keep: frozenset[str], key: str = "") -> Any:
    if isinstance(value, str):
        return value if key in keep else value + HOSTILE
    if isinstance(value, list):
        return [injected(each, keep, key) for each in value]
    if isinstance(value, dict):
        return {name: injected(each, keep, name) for name, each in value.items()}
    return value


@every_variant
def test_every_kind_of_run_gives_a_whole_page(variant):
    page = Page(html.render(varied(variant)))
    assert (page.open, page.unclosed) == ([], [])
    assert {tag for tag, _ in page.elements} <= WRITTEN_BY_US


@every_variant
@pytest.mark.parametrize("keep", [frozenset(), DECIDING], ids=["everywhere", "where it is shown"])
def test_no_element_or_attribute_arises_from_hostile_text(variant, keep):
    source = html.render(injected(varied(variant), keep))
    page = Page(source)
    assert {tag for tag, _ in page.elements} <= WRITTEN_BY_US
    assert [
        (tag, name)
        for tag, attributes in page.elements
        for name in attributes
        if name.startswith("on") or name == "src"
    ] == []
    assert {str(each["href"])[:1] for each in page.all("a")} <= {"#", "h"}
    assert "<img src=x onerror=alert(1)>" in page.text, "it is shown as the text that it is"
    assert "{{ 7 * 7 }}" in page.text
    assert "\x1b" not in source


def test_hostile_keys_arise_nowhere_either():
    run = copy.deepcopy(RUN)
    run["seconds"][HOSTILE] = 1.0
    run["versions"][HOSTILE] = "1"
    run["migration"]["proof"]["rows"][HOSTILE] = 3
    run["queries"][0]["settings"][HOSTILE] = HOSTILE
    page = Page(html.render(run))
    assert {tag for tag, _ in page.elements} <= WRITTEN_BY_US
    assert page.text.count("<img src=x onerror=alert(1)>") >= 5


def test_only_a_web_address_becomes_a_link():
    page = Page(html.render(varied("findings of the reviewer")))
    outward = [each["href"] for each in page.all("a") if not str(each["href"]).startswith("#")]
    assert outward == ["https://www.postgresql.org/docs/current/"]


def test_the_page_forbids_every_request_before_anything_could_ask_for_one():
    page = Page(html.render(RUN))
    first, second = page.all("meta")[:2]
    assert first == {"charset": "utf-8"}
    assert second["http-equiv"] == "Content-Security-Policy"
    assert str(second["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert [tag for tag, _ in page.elements][:4] == ["html", "head", "meta", "meta"]
    assert page.all("script") == []
    assert [each["href"] for each in page.all("link")] == ["data:,"]


@every_variant
def test_every_piece_of_evidence_has_a_place_and_every_link_leads_to_one(variant):
    run = varied(variant)
    page = Page(html.render(run))
    assert [f"evidence-{each['id']}" for each in run["evidence"]] == [
        each for each in page.ids if each.startswith("evidence-E")
    ]
    assert len(page.ids) == len(set(page.ids))
    targets = {str(each["href"])[1:] for each in page.all("a") if str(each["href"]).startswith("#")}
    assert targets <= set(page.ids)


def test_every_claim_is_shown_with_how_it_is_known():
    text = Page(html.render(RUN)).text
    for each in RUN["evidence"]:
        assert f"{each['id']} {each['kind']} {each['claim']} How: {each['how']}" in text


def test_every_number_of_the_change_table_is_the_documents():
    source = html.render(RUN)
    table = source[source.index('id="change-table"') : source.index("</table>")]
    shown = [(float(value), text) for value, text in re.findall(r'<data value="([^"]*)">([^<]*)</data>', table)]
    wanted = []
    for query in RUN["queries"]:
        wall, after = query["effect"]["wall"], query["effect"]["after"]
        wanted += [
            (wall[name], figures.ms(wall[name])) for name in ("before_ms", "after_ms", "before_p95_ms", "after_p95_ms")
        ]
        wanted += [(wall[name], figures.times(wall[name])) for name in ("ratio", "ratio_low", "ratio_high")]
        wanted += [(after["overlap"], figures.overlap(after["overlap"])), (after["probes"], "40")]
    assert shown == wanted


def test_what_was_rejected_is_shown_with_its_numbers_and_its_evidence():
    source = html.render(RUN)
    rejected = Page(source[source.index('<section id="rejected"') : source.index("<details>")]).text
    for each in RUN["evidence"]:
        if each["topic"] == "rejected":
            assert each["id"] in rejected.split()
            assert each["claim"].split(": ", 1)[1][-30:] in rejected


@every_variant
def test_the_page_can_be_read_aloud(variant):
    source = html.render(varied(variant))
    page = Page(source)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert source.count("<table") == source.count("<caption>")
    assert all("scope" in each for each in page.all("th"))
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == len(page.all("nav")) == 1
    for each in page.all("svg"):
        labels = str(each.get("aria-labelledby", "")).split()
        assert (each.get("role") == "img" and len(labels) == 2 and set(labels) <= set(page.ids)) or each[
            "aria-hidden"
        ] == "true"


def test_a_vector_literal_never_fills_the_page():
    run = copy.deepcopy(RUN)
    run["queries"][0]["plans"]["before"]["condition"] = (
        f"Filter: (embedding <=> '[{','.join(['0.125'] * 1536)}]'::vector)"
    )
    assert "0.125,0.125,0.125,0.125" not in html.render(run)


def test_a_page_says_that_nothing_is_worth_changing():
    text = Page(html.render(varied("nothing worth changing"))).text
    assert "no change worth making" in text
    assert "None was written: no index is worth adding." in text
    assert "no change that uses it was taken" in text
    assert "so only rows that hold the words are read" not in text, "the reason to try it is none to leave it"
    assert "No review: there is no migration to look at." in text


def test_a_failed_proof_is_not_reported_as_a_good_one():
    text = Page(html.render(varied("failed proof"))).text
    assert "The proof found something against it" in text
    assert "INSERT, UPDATE and DELETE wait while it is held" in text
    assert "could not review" in text
    assert "canceling statement due to lock timeout" in text
    assert text.count("not reached") == 3


def test_the_same_document_gives_the_same_page():
    assert html.render(RUN) == html.render(json.loads(json.dumps(RUN)))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["text", "muted", "link", "before", "after", "good", "bad", "unsure"])
def test_text_stands_out_from_what_it_stands_on(scheme, name):
    style = (Path(html.TEMPLATES) / "style.css.j2").read_text(encoding="utf-8")
    block = style.split(":root {")[1 if scheme == "light" else 2]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    for ground in ("page", "card", "code"):
        light, dark = sorted((luminance(colours[name]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)
