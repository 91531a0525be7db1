# SPDX-License-Identifier: Apache-2.0
"""Strategic emerging industries that an application belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.emerging_rule import LIST, Rules, read_rules
from zhihang.derivation.technology_symbol import distinct_symbols, technology_symbols

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BASES = ("class", "class_and_keyword", "class_keyword_not_found", "class_only_keyword_unchecked")
_CLASS, _FOUND, _NOT_FOUND, _UNCHECKED = range(len(_BASES))
_PARTS = ("title", "abstract")


@derivation(
    reads=("application", "classification", "text"), per="application", lists=(LIST, "emerging_industry")
)
def patent_emerging(facts: Facts) -> ir.Table:
    """Branches of the strategic emerging industries by the table of 2021.

    An application belongs to a branch when a symbol of it meets a rule of the branch: included and not excluded;
    `*` means that level and all below it, other symbols count exactly. Most rules ask for a keyword besides. We hold
    a few phrases of each only, so that `basis` says what is sure: nothing asked for, a phrase found in the Chinese
    title or abstract, none found, or no text to look in. Where an office gives the list of keywords as complete, an
    application without any of them does not belong.
    """
    import ibis

    rules = read_rules(facts.codes)
    symbols = technology_symbols(facts)
    met = facts.values(_met(rules, distinct_symbols(facts, symbols)))
    candidates = symbols.inner_join(met, "symbol").select("application_id", "rule").distinct().view()
    told = facts.values(_rule_table(rules))
    candidates = candidates.inner_join(told, "rule").view()
    asking = candidates.filter(candidates.words)
    texts = _texts(facts).semi_join(asking, "application_id").view()
    found = _found(facts, rules, asking, texts)
    read = texts.select(read_id="application_id").distinct()
    rows = candidates.left_join(found, [("application_id", "found_id"), ("rule", "found_rule")])
    rows = rows.left_join(read, rows.application_id == read.read_id).view()
    rank = ibis.cases(
        (~rows.needs_keyword, _CLASS),
        (rows.found_id.notnull(), _FOUND),
        (rows.words & rows.read_id.notnull(), _NOT_FOUND),
        else_=_UNCHECKED,
    )
    rows = rows.mutate(rank=rank).view()
    rows = rows.filter(~((rows["rank"] == _NOT_FOUND) & rows.complete))
    best = rows.group_by("application_id", "branch").aggregate(rank=rows["rank"].min())
    basis = ibis.cases(*((best["rank"] == place, name) for place, name in enumerate(_BASES)))
    return best.select("application_id", "branch", code=best.branch.substr(0, 1), basis=basis)


def _texts(facts: Facts) -> ir.Table:
    texts = facts.table("text")
    chinese = (texts.language == "zh") & texts.part.isin(_PARTS)
    return texts.filter(chinese).select("application_id", "text")


def _found(facts: Facts, rules: Rules, asking: ir.Table, texts: ir.Table) -> ir.Table:
    """Rules and applications whose text has one of the rule's phrases."""
    pairs = [(place, word) for place, rule in enumerate(rules.rules) for word in rule.keywords]
    words = facts.values(
        pa.table(
            {
                "rule": pa.array([place for place, _ in pairs], pa.int32()),
                "word": pa.array([word for _, word in pairs], pa.string()),
            }
        )
    )
    sought = asking.select("application_id", "rule").inner_join(words, "rule").view()
    seen = texts.inner_join(sought, "application_id").view()
    seen = seen.filter(seen.text.contains(seen.word))
    return seen.select(found_id="application_id", found_rule="rule").distinct()


def _met(rules: Rules, symbols: list[str]) -> pa.Table:
    pairs = [(symbol, rule) for symbol in symbols for rule in rules.met_by(symbol)]
    return pa.table(
        {
            "symbol": pa.array([symbol for symbol, _ in pairs], pa.string()),
            "rule": pa.array([rule for _, rule in pairs], pa.int32()),
        }
    )


def _rule_table(rules: Rules) -> pa.Table:
    every = rules.rules
    return pa.table(
        {
            "rule": pa.array(range(len(every)), pa.int32()),
            "branch": pa.array([rule.branch for rule in every], pa.string()),
            "needs_keyword": pa.array([rule.needs_keyword for rule in every], pa.bool_()),
            "words": pa.array([rule.needs_keyword and bool(rule.keywords) for rule in every], pa.bool_()),
            "complete": pa.array([rule.complete for rule in every], pa.bool_()),
        }
    )
