# SPDX-License-Identifier: Apache-2.0
"""The desk for texts: topics of any table, S-curves and life cycles, white spaces, landscapes tagged from few labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from math import prod
from pathlib import Path
from typing import Any

from zhihang.desks.remarks import remark
from zhihang.desks.room import Room
from zhihang.desks.text_table import Days, Rejected, TextTable, read_text_table
from zhihang.errors import NotComparable, NotFound

Remarks = list[dict[str, str]]


_LAST_QUARTER = 10
"""A year in whose last quarter nothing is dated is taken to be cut off."""
MOST_CELLS = 100_000
"""Most cells of a matrix of technologies and effects; with more, hardly any is expected to hold a patent."""


@dataclass(frozen=True)
class TextAnswer:
    """An answer on a table: figures as rows, further parts by name, what cannot be said, rows that could not be read."""

    rows: list[dict[str, Any]]
    parts: dict[str, Any]
    remarks: Remarks
    rejected: Rejected = field(default=())

    def whole(self, name: str) -> dict[str, Any]:
        """Return all of it under names, the rows as `name`."""
        return {name: self.rows, **self.parts, "remarks": self.remarks, "rejected": len(self.rejected)}


@dataclass(frozen=True)
class TextsDesk:
    """Methods on texts and tables that need no store."""

    room: Room

    def topics(
        self,
        path: Path,
        texts: Sequence[str],
        *,
        date_column: str | None = None,
        known_until: date | None = None,
        detail: float = 1.0,
        seed: int = 0,
    ) -> TextAnswer:
        """Map the topics of a table's texts; with dates, say how each topic grows."""
        from zhihang.methods.topic_map import map_topics
        from zhihang.methods.topic_trend import topic_trends

        table = read_text_table(path, [*texts, *([date_column] if date_column else [])])
        made = map_topics(table.texts(texts), detail=detail, seed=seed)
        days = table.days(date_column) if date_column else Days([None] * len(table.lines), None)
        truncated, remarks = _truncated(days, known_until)
        trends = topic_trends(made.members, days.years, truncated=truncated)
        growth = {one.topic: one for one in trends.topics}
        rows = []
        for topic in made.topics:
            trend = growth.get(topic.number)
            row: dict[str, Any] = {
                "topic": topic.number + 1,
                "size": topic.size,
                "zh": list(topic.label.zh),
                "en": list(topic.label.en),
                "typical_lines": [table.lines[i] for i in topic.typical],
            }
            if trend:
                row |= {
                    name: getattr(trend, name) for name in ("recent", "expected", "lift", "q", "direction")
                }
                row["counts"] = list(trend.counts)
            rows.append(row)
        parts = {
            "file": table.name,
            "texts": len(table.lines),
            "words": {"zh": list(made.words.zh), "en": list(made.words.en)},
            "years": list(trends.years),
            "truncated": list(trends.truncated),
            "recent_years": list(trends.recent_years),
            "map": [
                {
                    "line": line,
                    "topic": int(m) + 1,
                    "x": round(float(x), 3),
                    "y": round(float(y), 3),
                    "year": year,
                }
                for line, m, (x, y), year in zip(
                    table.lines, made.members, made.points, days.years, strict=True
                )
                if m >= 0
            ],
        }
        remarks = _about_texts(made) + (remarks if date_column else [])
        if made.topics and date_column:
            if trends.refused:
                remarks.append(remark(trends.refused))
            if trends.undated and trends.refused != "no_dates":
                remarks.append(remark("undated", count=trends.undated))
        return TextAnswer(rows, parts, remarks, table.rejected)

    def topic_page(self, answer: TextAnswer) -> bytes:
        """Return a map of topics as one HTML file that needs no network."""
        from zhihang.reporting.topic_page import topic_page

        return topic_page(answer.whole("topics"))

    def s_curve(
        self,
        path: Path,
        date_column: str,
        *,
        count: str | None = None,
        applicant: str | None = None,
        known_until: date | None = None,
    ) -> TextAnswer:
        """Fit growth curves to the cumulative number of rows (or of column `count`) by year; with applicants, the stage."""
        from zhihang.methods.growth_curve import fit_growth

        table = read_text_table(path, [date_column, *filter(None, (count, applicant))])
        days = table.days(date_column)
        truncated, remarks = _truncated(days, known_until, marked=count is None)
        yearly = _yearly(table, days, count)
        if not yearly:
            return TextAnswer([], {"file": table.name}, [remark("no_dates")], table.rejected)
        years = list(range(min(yearly), max(yearly) + 1))
        full = [year for year in years if year not in truncated]
        totals = {year: sum(yearly.get(y, 0.0) for y in years if y <= year) for year in years}
        fit = fit_growth(full, [totals[year] for year in full])
        remarks += [remark("s_" + why) for why in fit.refused]
        best = fit.best
        rows = [
            {
                "year": year,
                "count": yearly.get(year, 0),
                "cumulative": totals[year],
                "curve": float(best.at([year])[0]) if best else None,
                "truncated": year in truncated,
            }
            for year in years
        ]
        parts: dict[str, Any] = {
            "file": table.name,
            "model": best.model if best else None,
            "curves": [asdict(one) for one in fit.curves],
        }
        if best:
            parts["reaches"] = {"10%": best.year_of(0.1), "50%": best.year_of(0.5), "90%": best.year_of(0.9)}
        parts["life_cycle"] = _life_cycle(table, days, years, truncated, applicant, yearly, remarks)
        remarks += _gaps(table, days, years, count)
        return TextAnswer(rows, parts, remarks, table.rejected)

    def novelty(
        self,
        path: Path,
        texts: Sequence[str],
        date_column: str,
        *,
        number: str | None = None,
        baseline: int | None = None,
        known_until: date | None = None,
    ) -> TextAnswer:
        """Say what each text says first and how often it was taken up, and how unlike the past, like the future it is.

        Texts before the year `baseline` (default: the first five years) make up what was known and are not judged. Rows
        come with the most taken-up new words first.
        """
        from zhihang.methods.text_novelty import PREVIOUS, text_novelty

        table = read_text_table(path, [*texts, date_column, *([number] if number else [])])
        days, said = table.days(date_column), table.texts(texts)
        years = [year if text else None for year, text in zip(days.years, said, strict=True)]
        known = sorted({year for year in years if year is not None})
        if not known:
            why = remark("no_dates") if any(said) else remark("no_text")
            return TextAnswer([], {"file": table.name}, [why], table.rejected)
        truncated, remarks = _truncated(days, known_until)
        numbers = _numbers(table, number)  # of equal length, so that they sort as the lines do
        called = numbers if number else list(map(str, table.lines))
        start = baseline if baseline is not None else known[0] + PREVIOUS
        found = text_novelty(said, years, numbers, baseline=start)
        rows: list[dict[str, Any]] = [
            {"line": line, "number": name, "year": year, "new_words": int(new), "reuse": int(reuse),
             "new_pairs": int(pairs), "pair_reuse": int(taken), "backward_similarity": _real(near)}
            for line, name, year, new, reuse, pairs, taken, near in zip(
                table.lines, called, years, found.new_words, found.new_word_reuse, found.new_pairs,
                found.new_pair_reuse, found.backward_similarity, strict=True,
            )
        ]  # fmt: skip
        full = [year for year in known if year not in truncated]
        for row, more in zip(rows, _importance(said, years, full[-1] if full else known[0] - 1), strict=True):
            row |= more
        judged = [row for row in rows if row["new_words"] >= 0]
        judged.sort(key=lambda row: (-row["reuse"], -row["pair_reuse"], row["line"]))
        remarks += (
            [remark("n_reuse")]
            if judged
            else [remark("n_few_years", first=known[0], last=known[-1], year=start)]
        )
        if judged and not any(row["importance"] is not None for row in judged):
            remarks.append(remark("n_importance"))
        without = sum(year is None for year in years)
        if without:
            remarks.append(remark("n_left_out", count=without))
        parts = {"file": table.name, "texts": len(rows), "baseline": start, "judged": len(judged)}
        return TextAnswer(judged, parts, remarks, table.rejected)

    def white_space(
        self,
        path: Path,
        technology: str,
        effect: str,
        *,
        date_column: str | None = None,
        holder: str | None = None,
        separator: str | None = None,
        known_until: date | None = None,
    ) -> TextAnswer:
        """Compare every cell of technologies by effects with what chance lets expect, the emptiest first."""
        from zhihang.methods.white_space import technology_effect_matrix

        table = read_text_table(path, [technology, effect, *filter(None, (date_column, holder))])
        one, other = table.lists(technology, separator or None), table.lists(effect, separator or None)
        _bounded(path, {technology: one, effect: other})
        days = table.days(date_column) if date_column else None
        truncated, remarks = _truncated(days, known_until) if days else (set[int](), [])
        cells = technology_effect_matrix(
            one,
            other,
            years=days.years if days else (),
            holders=table.lists(holder, separator or None) if holder else (),
            truncated=truncated,
        )
        if not cells:
            remarks.append(remark("w_empty"))
        elif not any(cell.verdict == "white_space" for cell in cells):
            remarks.append(remark("w_no_space"))
        order = {"white_space": 0, "as_expected": 1, "too_few_expected": 2, "crowded": 3}
        cells.sort(key=lambda cell: (order[cell.verdict], cell.residual, cell.row, cell.column))
        rows = [
            {"technology": cell.row, "effect": cell.column}
            | {name: value for name, value in asdict(cell).items() if name not in ("row", "column")}
            for cell in cells
        ]
        return TextAnswer(rows, {"file": table.name}, remarks, table.rejected)


def _bounded(path: Path, tags: dict[str, list[list[str]]]) -> None:
    """Refuse a matrix so large that a column must have been mistaken: nearly every cell would be empty."""
    kinds = {name: len({item for items in cells for item in items}) for name, cells in tags.items()}
    if prod(kinds.values()) > MOST_CELLS:
        raise NotComparable(
            f'"{path.name}" would make a matrix of {prod(kinds.values()):,} cells.',
            {f"in {name}": f"{kind:,} different" for name, kind in kinds.items()}
            | {"limit": f"{MOST_CELLS:,} cells"},
            todo="Name columns with tags, of which each stands in many rows; --separator says what parts them.",
        )


def _numbers(table: TextTable, column: str | None) -> list[str]:
    """Return what names each row: its number, else its line."""
    if column is None:
        return [f"{line:09d}" for line in table.lines]
    read = table.columns[column].to_pylist()
    return [(value or "").strip() or f"{line:09d}" for value, line in zip(read, table.lines, strict=True)]


def _real(value: float) -> float | None:
    return round(float(value), 6) if value == value else None


def _importance(said: Sequence[str], years: Sequence[int | None], last_full: int) -> list[dict[str, Any]]:
    """Return importance and its two halves for each text, None where there is no year or too few around it."""
    from zhihang.methods.segmentation import iterate_words
    from zhihang.methods.text_importance import text_importance
    from zhihang.methods.text_vectors import count_words

    dated = [i for i, year in enumerate(years) if year is not None]
    counted = count_words(iterate_words(said[i]) for i in dated).matrix
    made = text_importance(counted, [years[i] or 0 for i in dated], last_full=last_full)
    names = ("backward", "forward", "importance")
    empty: dict[str, Any] = {**dict.fromkeys(names), "breakthrough": None}
    rows = [dict(empty) for _ in said]
    for place, i in enumerate(dated):
        rows[i] = {name: _real(getattr(made, name)[place]) for name in names}
        known = rows[i]["importance"] is not None
        rows[i]["breakthrough"] = bool(made.breakthrough[place]) if known else None
    return rows


def _truncated(days: Days, known_until: date | None, *, marked: bool = True) -> tuple[set[int], Remarks]:
    """Years that are not complete, and what was assumed; without `marked` the latest date is no cut-off day."""
    from zhihang.methods.truncation import truncated_years

    cut = known_until or (days.latest if marked else None)
    years = {year for year in days.years if year is not None}
    if cut is None:
        return set(), [remark("not_marked")] if years else []
    found = set(truncated_years(years, cut))
    remarks = [] if known_until else [remark("known_until", day=cut.isoformat())]
    last = days.latest
    if last and last.year not in found and (last.month < _LAST_QUARTER or cut.year == last.year):
        found.add(last.year)
        remarks.append(remark("file_ends", day=last.isoformat(), year=last.year))
    elif found:
        remarks.append(remark("truncated", years="、".join(map(str, sorted(found)))))
    return found, remarks


def _about_texts(made: Any) -> Remarks:
    remarks = [remark(made.refused)] if made.refused else []
    if made.by_script:
        remarks.append(remark("by_script"))
    if made.empty and made.refused != "no_text":
        remarks.append(remark("empty", count=made.empty))
    if sum(count > 0 for count in made.scripts.values()) > 1:
        remarks.append(remark("mixed", **made.scripts))
    if made.topics and not any(topic.label.zh for topic in made.topics):
        remarks.append(remark("no_zh"))
    if made.topics and not any(topic.label.en for topic in made.topics):
        remarks.append(remark("no_en"))
    return remarks


def _yearly(table: TextTable, days: Days, count: str | None) -> dict[int, float]:
    if count is None:
        return {year: float(n) for year, n in Counter(days.years).items() if year is not None}
    found: dict[int, float] = {}
    for line, year, text in zip(table.lines, days.years, table.columns[count].to_pylist(), strict=True):
        if year is None:
            continue
        try:
            value = float((text or "0").replace(",", ""))
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e15:
            raise NotFound(
                f'Column "{count}" holds something that is no count.',
                {"line": line, "value": text, "expected": "a number of 0 or more"},
                todo="Correct the line, or name another column with --count.",
            )
        found[year] = found.get(year, 0.0) + value
    return found


def _gaps(table: TextTable, days: Days, years: list[int], count: str | None) -> Remarks:
    """Years without a row, rows without a count, rows without a date."""
    remarks = []
    gaps = sorted(set(years) - {year for year in days.years if year is not None})
    if gaps:
        remarks.append(remark("s_gaps", years="、".join(map(str, gaps))))
    if count is not None:
        blank = sum(not (text or "").strip() for text in table.columns[count].to_pylist())
        remarks += [remark("s_blank", count=blank)] if blank else []
    undated = sum(year is None for year in days.years)
    return [*remarks, remark("undated", count=undated)] if undated else remarks


def _life_cycle(
    table: TextTable,
    days: Days,
    years: list[int],
    truncated: set[int],
    applicant: str | None,
    yearly: dict[int, float],
    remarks: Remarks,
) -> dict[str, Any] | None:
    from zhihang.methods.life_cycle import life_cycle

    if applicant is None:
        remarks.append(remark("l_no_applicants"))
        return None
    held: dict[int, set[str]] = {year: set() for year in years}
    for year, names in zip(days.years, table.lists(applicant), strict=True):
        if year is not None:
            held[year].update(names)
    made = life_cycle(
        years,
        [yearly.get(year, 0) for year in years],
        [len(held[year]) for year in years],
        truncated=truncated,
    )
    if made.refused:
        remarks.append(remark("l_" + made.refused))
    return {"stage": made.stage, "years": [asdict(one) for one in made.years]}
