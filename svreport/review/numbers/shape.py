"""How many numbers could have been written in a number's place: what makes a hit tell something."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from svreport.review.numbers.subjects import Candidate
from svreport.review.written import WrittenNumber, WrittenUnit


@dataclass(frozen=True)
class Shape:
    """All numbers that are written as one is: as many digits, the same unit; `width` is what one of them covers."""

    low: Decimal
    high: Decimal
    start: Decimal
    stop: Decimal
    step: Decimal
    negative: bool | None

    @classmethod
    def of(cls, number: WrittenNumber) -> "Shape":
        low, high = number.low, number.high
        if number.unit is WrittenUnit.FRACTION:
            start, stop = Decimal(0), Decimal(100)
        else:
            digits = len(str(int(abs(number.amount) / number.step)))
            start = number.step.scaleb(digits - 1) if digits > 1 else number.step
            stop = number.step.scaleb(digits)
        return cls(low, high, start, stop, number.step, number.amount < 0 if number.signed else None)

    @property
    def width(self) -> Decimal:
        return self.high - self.low

    @property
    def total(self) -> Decimal:
        return max(Decimal(1), (self.stop - self.start) / self.width)

    @property
    def written(self) -> Decimal:
        """How many numbers of as many digits can be written, round or not; a hedge says less about the others."""
        return max(Decimal(1), (self.stop - self.start) / min(self.width, self.step))

    def holds(self, value: Decimal) -> bool:
        right_sign = self.negative is None or (value < 0) == self.negative
        return right_sign and self.low <= abs(value) <= self.high and value != 0

    def cells(self, candidates: Iterable[Candidate]) -> Decimal:
        """How many numbers of the shape the candidates would match."""
        half = self.width / 2
        hit = {
            int(abs(each.value) / self.width + Decimal("0.5"))
            for each in candidates
            if self.start - half <= abs(each.value) < self.stop
        }
        return Decimal(len(hit))

    def distinct(self, values: list[Decimal]) -> Decimal:
        """The same for sorted sizes, as an upper bound."""
        half = self.width / 2
        return Decimal(bisect_left(values, self.stop) - bisect_left(values, self.start - half))
