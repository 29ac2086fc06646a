"""The metrics that a sentence speaks of, found through an index of their words: the same as by looking at each."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.series import MetricSeries
from svreport.pipeline.examining import examine
from svreport.review.metrics_named import NamedMetrics, _is_counted, title_words
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

WORDS = (
    "EHCP EHCPs plans number of the INMSS share placements growth outlook ceased ceasing average mean month net "
    "change have risen independent non-maintained special schools education health and care 6,161 12-month tribunal"
).split()


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: pytest.TempPathFactory) -> list[MetricSeries]:
    path = tmp_path_factory.mktemp("named") / "example.xlsx"
    path.write_bytes(workbook_bytes(example("wiltshire-2024-12")))
    return list(examine(path).facts.series.values())


def looked_at_each(text: str, metrics: list[MetricSeries]) -> list[MetricSeries]:
    words = title_words(text)
    found = []
    for series in metrics:
        title = re.sub(r"\([^)]*\)", " ", series.metric.title.value or "")
        told = [
            wanted
            for wanted in (title_words(title), title_words(series.name))
            if wanted and wanted <= words and (len(wanted) > 1 or _is_counted(next(iter(wanted)), text))
        ]
        if told:
            found.append((max(told, key=len), series))
    return [series for wanted, series in found if not any(wanted < other for other, _ in found)]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_the_index_finds_what_looking_at_each_metric_finds(metrics: list[MetricSeries], text: str) -> None:
    assert NamedMetrics(metrics).of(text) == looked_at_each(text, metrics)


def test_each_metric_is_found_by_its_title_in_a_sentence(metrics: list[MetricSeries]) -> None:
    named = NamedMetrics(metrics)
    for series in metrics:
        text = f"The number of {series.metric.title.value} has risen."
        assert named.of(text) == looked_at_each(text, metrics)
        assert named.of(text)
