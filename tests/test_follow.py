"""A newcomer can follow an answer: through few files, with few climbs back (`make follow`)."""

from benchmarks.follow import ANSWERS, MOST_CLIMBS, MOST_FILES, Way, figures, followed, watched
from dialogs.registering import register
from dialogs.script import play


async def test_an_answer_goes_through_few_files(database_url: str) -> None:
    ways = await followed(database_url)
    for name in ANSWERS:
        way = ways[name]
        assert way.files[0] == "handlers/telegram/listening.py"
        assert ("storage/work.py", "StoredWork.commit") in way.steps
        assert len(way.files) <= MOST_FILES, way.files
        assert way.climbs <= MOST_CLIMBS, way.visits
    assert all(figure.holds for figure in figures(ways))


def test_a_climb_is_a_step_in_a_file_left_before() -> None:
    way = Way([("a.py", "f"), ("a.py", "g"), ("b.py", "h"), ("a.py", "k"), ("c.py", "m"), ("b.py", "n")])
    assert way.files == ["a.py", "b.py", "c.py"]
    assert way.climbs == 2


async def test_what_waits_is_a_step_and_what_computes_is_not() -> None:
    with watched() as way:
        play(register, {}, {})
    assert way.files == ["dialogs/registering.py", "dialogs/script.py"]
    assert ("dialogs/script.py", "look_up") in way.steps
    assert ("dialogs/script.py", "play") not in way.steps
    assert "dialogs/script.py" in way.entered
