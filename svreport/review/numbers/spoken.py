"""The subjects that a sentence speaks of: those it names, and those that its condition or its surroundings suggest."""

from functools import cached_property

from svreport.model import names
from svreport.model.facts import Facts
from svreport.review.numbers.naming import NameIndex
from svreport.review.numbers.subjects import Subject


class Spoken:
    """Finds the subjects of one return by words; what was found for a text is kept."""

    def __init__(self, facts: Facts, subjects: list[Subject]) -> None:
        self._facts = facts
        self._subjects = subjects
        self._namings: dict[str, dict[int, tuple[int, int]]] = {}
        self._spoken: dict[tuple[str, str, str], tuple[list[Subject], list[Subject]]] = {}

    def of(self, sentence: str, whole: str, condition: str) -> tuple[list[Subject], list[Subject]]:
        """The subjects that the sentence names, its condition's own first; and those it or its surroundings hint at."""
        asked = (sentence, whole, condition)
        if asked not in self._spoken:
            self._spoken[asked] = self._find(sentence, whole, condition)
        return self._spoken[asked]

    @cached_property
    def _index(self) -> NameIndex:
        submission = self._facts.submission
        sources = [each.label for each in self._subjects]
        sources += [metric.title.value for metric in submission.metrics if metric.title.value]
        return NameIndex({subject.key: subject.names for subject in self._subjects}, sources)

    @cached_property
    def _by_condition(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = {}
        for subject in self._subjects:
            for ref in sorted(subject.conditions):
                found.setdefault(ref, []).append(subject)
        return found

    def _find(self, sentence: str, whole: str, condition: str) -> tuple[list[Subject], list[Subject]]:
        in_sentence = self._naming(sentence)
        around = self._naming(whole)
        own = {subject.key for subject in self._by_condition.get(condition, [])}
        scenario = self._scenario(sentence)

        def order(key: int) -> tuple[bool, int, bool, int]:
            words = in_sentence.get(key, around.get(key, (0, 0)))[1]
            return (key not in own, -words, self._subjects[key].scenario != scenario, key)

        named = [key for key, (strength, _) in in_sentence.items() if strength == 2]
        hinted = {key for key in in_sentence if key not in named} | (own - set(named))
        hinted |= {key for key, (strength, _) in around.items() if strength == 2 and key not in named}
        return (
            [self._subjects[key] for key in sorted(named, key=order)],
            [self._subjects[key] for key in sorted(hinted, key=order)],
        )

    def _naming(self, text: str) -> dict[int, tuple[int, int]]:
        if text not in self._namings:
            found = self._index.named(text)
            self._namings[text] = {key: (naming.strength, naming.words) for key, naming in found.items()}
        return self._namings[text]

    @cached_property
    def _scenarios(self) -> dict[str, str]:
        """The scenarios of Finance under their keys, the longest first: `mitigated` is in `unmitigated` too."""
        found = {names.key(each.scenario): each.scenario for each in self._subjects if each.scenario}
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def _scenario(self, sentence: str) -> str:
        """The scenario whose name the sentence holds, else the forecast one; the original plan is the agreement."""
        words = names.key(sentence)
        for key, scenario in self._scenarios.items():
            if key in words:
                return scenario
        if "original plan" in words or "agreed plan" in words:
            for key in ("agreement", "original plan", "agreed plan"):
                if key in self._scenarios:
                    return self._scenarios[key]
        chosen = self._facts.submission.programme.forecast_scenario.value
        return chosen or next((each.scenario for each in self._subjects if each.scenario), "")
