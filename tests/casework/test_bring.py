"""What to bring: by specialist, by kinship, to a visit or a call."""

import pytest

from casework.actor import Structure
from casework.booking.appointments import Means
from casework.booking.wording import bring
from casework.registering import Kinship
from dialogs.words import LANGUAGES
from tests.visiting import WORDS


def words(language: str, structure: Structure, kinship: Kinship | None, means: Means = Means.VISIT) -> str:
    return " ".join(WORDS.say(language, say) for say in bring(structure, kinship, means))


@pytest.mark.parametrize(
    ("kinship", "paper"),
    [
        (Kinship.MOTHER, "свідоцтво про народження вашої дитини"),
        (Kinship.FATHER, "свідоцтво про народження вашої дитини"),
        (Kinship.WIFE, "свідоцтво про шлюб"),
        (Kinship.HUSBAND, "свідоцтво про шлюб"),
        (Kinship.SON, "ваше свідоцтво про народження"),
        (Kinship.DAUGHTER, "ваше свідоцтво про народження"),
        (Kinship.SISTER, "ваше і брата чи сестри, яких шукаєте"),
        (Kinship.BROTHER, "ваше і брата чи сестри, яких шукаєте"),
        (Kinship.GRANDPARENT, "свідоцтва про народження і шлюб, які показують"),
        (Kinship.OTHER_RELATIVE, "свідоцтва про народження і шлюб, які показують"),
        (Kinship.CLOSE, "Паперів про родинний зв’язок не треба"),
        (None, "Якщо є папери про родинний зв’язок"),
    ],
)
def test_the_paper_that_shows_each_kinship(kinship: Kinship | None, paper: str) -> None:
    assert paper in words("uk", Structure.POLICE_INVESTIGATOR, kinship)


@pytest.mark.parametrize(
    ("structure", "also"),
    [
        (Structure.POLICE_INVESTIGATOR, "фото людини"),
        (Structure.COMMISSIONER_MISSING, "витяг з ЄРДР"),
        (Structure.LAWYER, "письмові відповіді"),
        (Structure.SBU, "усе, що вказує на полон"),
        (Structure.NATIONAL_GUARD, "все, що відомо про частину"),
    ],
)
def test_what_each_specialist_needs(structure: Structure, also: str) -> None:
    assert also in words("uk", structure, Kinship.MOTHER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("structure", Structure)
def test_there_are_words_for_everybody(structure: Structure, language: str) -> None:
    for kinship in (*Kinship, None):
        for means in Means:
            told = words(language, structure, kinship, means)
            if structure is Structure.PSYCHOLOGIST:
                assert told == WORDS.say(language, bring(structure, None, means)[0]), "to a psychologist nothing"
                assert len(bring(structure, kinship, means)) == 1
            else:
                assert len(bring(structure, kinship, means)) == 2
                at_hand = {"uk": "під рукою", "en": "at hand"}[language]
                assert (at_hand in told) is (means is not Means.VISIT)
