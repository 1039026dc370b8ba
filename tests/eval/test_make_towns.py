"""The lines of the table of towns."""

from eval.make_towns import Town, lines


def test_lines_by_hand():
    small = Town(name="Lesser Ford", countrycode="GB", population=99_999, alternatenames=[])
    names = ["Ouesk", "OSK", "weseukeu", "Уэск", "Уэск хот 1", "ويسك", "ويسک", "오스크"]
    large = Town(name="Wesk", countrycode="GB", population=100_000, alternatenames=names)
    larger = Town(name="Oxbridge", countrycode="US", population=100_001, alternatenames=[])
    assert list(lines([small, large, larger])) == ["us\toxbridge", "gb\twesk\touesk\tуэск\tويسك"]
