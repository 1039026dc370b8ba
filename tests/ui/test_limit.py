"""How often somebody may ask."""

from ui.limit import Allowance


def test_a_bucket_empties_and_fills_again() -> None:
    now = 0.0
    allowance = Allowance(2, 0.5, lambda: now)
    assert [allowance.take("a") for _ in range(3)] == [True, True, False]
    assert allowance.take("b")
    now = 1.0
    assert not allowance.take("a")
    now = 2.0
    assert [allowance.take("a") for _ in range(2)] == [True, False]
    now = 100.0
    assert [allowance.take("a") for _ in range(3)] == [True, True, False]
