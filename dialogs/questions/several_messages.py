"""Answers that are gathered from several messages: a story, photos, several of a few."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from typing import Any

from casework.ids import FileId
from casework.letters import Arg, Say
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions.choices import pick
from dialogs.questions.question import Answer, Option, Question, Spellings, Took
from dialogs.said import NotedFiles, Said, Text

DONE = "done"
AWAY = "away"

ON_REVIEW = 80
"""Characters of a story that stand on a review."""


@dataclass(frozen=True, slots=True)
class Story:
    """Something told in the person's own words: any number of messages and photos. `written` is when each text was,
    as far as that is known of all."""

    texts: tuple[str, ...] = ()
    files: tuple[FileId, ...] = ()
    written: tuple[datetime, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.texts)

    def __bool__(self) -> bool:
        return bool(self.texts or self.files)

    def told(self, text: str, at: datetime | None) -> "Story":
        """With one text more, where it belongs: a platform that repeats what it could not deliver keeps no order. What
        a messenger has cut in two is one text."""
        if at is None or len(self.written) != len(self.texts):
            return replace(self, texts=(*self.texts, text))
        place = bisect_right(self.written, at)
        if place and parse.may_go_on(self.texts[place - 1]) and at - self.written[place - 1] <= parse.SPLIT_WITHIN:
            whole = parse.rejoined(self.texts[place - 1], text)
            texts = (*self.texts[: place - 1], whole, *self.texts[place:])
            return replace(self, texts=texts, written=(*self.written[: place - 1], at, *self.written[place:]))
        texts = (*self.texts[:place], text, *self.texts[place:])
        return replace(self, texts=texts, written=(*self.written[:place], at, *self.written[place:]))

    def counted(self, noun: str) -> Say:
        """How many files there are: "2 photos"."""
        return Say(f"common.counted-{noun}", {"files": len(self.files)})

    def without(self, files: Mapping[FileId, str]) -> "Story":
        return replace(self, files=tuple(file for file in self.files if file not in files))


@dataclass(frozen=True, kw_only=True)
class Told(Question[Story]):
    """A story, a photo, papers: message after message until "That is all". `most` characters, `photos` files, each of
    them a `noun` ("photo", "paper", "file").

    `before` was told earlier and stays: what is told now is added to it. `refused` are files that came to nothing, and
    why: an answer with one of them is asked again, with what else it holds. `recordings`: a recording is one of its
    files, and goes to nobody by itself.
    """

    type: Any = Story
    example: Story = Story(("…",))
    most: int = 50_000
    photos: int = 10
    files_only: bool = False
    recordings: bool = False
    noun: str = "file"
    before: Story = Story()
    refused_files: Mapping[FileId, str] = field(default_factory=dict)

    @property
    def gathers(self) -> bool:
        return True

    @property
    def own_words(self) -> bool:
        return not self.files_only

    def put(self) -> Say:
        return Say(f"{self.message}.again", _counts(self.before)) if self.before else super().put()

    def gathered(self, so_far: Story) -> Say | None:
        return Say(f"{self.message}.more", _counts(so_far)) if so_far else None

    def recall(self, answer: Answer) -> Story | Unclear | None:
        story = super().recall(answer)
        if not isinstance(story, Story):
            return story
        lost = [file for file in story.files if file in self.refused_files]
        if lost and answer.done:
            return Unclear(self.refused_files[lost[-1]])
        return None if not answer.done and not story else story.without(self.refused_files)

    def remains(self, answer: Answer) -> Story | None:
        story = super().recall(answer)
        return story.without(self.refused_files) if isinstance(story, Story) else None

    def room(self, so_far: object) -> int:
        """How many files more it takes."""
        return self.photos - (len(so_far.files) if isinstance(so_far, Story) else 0)

    def options(self, so_far: Story | None) -> tuple[Option, ...]:
        away = (Option(AWAY, Say("common.away")),) if so_far and so_far.files else ()
        return (Option(DONE, Say("common.done")), *away) if so_far else ()

    def read(self, said: Said, so_far: Story | None, words: Spellings) -> Took[Story] | Unclear:
        story = so_far or Story()
        match pick(self.options(so_far), said, words):
            case "done":
                return Took(story)
            case "away":
                return Took(replace(story, files=()), done=False)
        match said:
            case Text() if self.files_only:
                return Unclear("unclear-file-wanted")
            case Text(text, at):
                left = self.most - sum(len(part) for part in story.texts)
                read = parse.free_text(text, self.most)
                if isinstance(read, str) and len(read) > left:
                    return Unclear("unclear-story-long", {"left": left, "length": len(read)})
                if isinstance(read, Unclear):
                    return read
                return Took(story.told(read, at), done=False)
            case NotedFiles(files, caption):
                if len(files) > self.room(story):
                    return Unclear("unclear-files-enough", {"most": self.photos})
                story = replace(story, files=story.files + files)
                return Took(story.told(caption, None) if caption else story, done=False)
            case _:
                return Unclear("unclear-file-wanted" if self.files_only else "unclear-text-wanted")

    def show(self, value: Story) -> Say | str:
        words = parse.one_after_another((*self.before.texts, *value.texts))
        whole = Story(files=(*self.before.files, *value.files))
        counted, text = whole.counted(self.noun), parse.shortened(words, ON_REVIEW)
        return Say("common.story", {"text": text, "files": len(whole.files), "counted": counted, "length": len(words)})


def _counts(story: Story) -> Mapping[str, Arg]:
    """What there is of a story, for the words about it."""
    return {"texts": len(story.texts), "files": len(story.files)}


@dataclass(frozen=True, kw_only=True)
class Several(Question[tuple[str, ...]]):
    """Any number of a few, on one screen: each press marks or unmarks, "Done" ends. Where they are checkboxes, a press
    brings all that are marked."""

    type: Any = tuple[str, ...]
    among: tuple[str, ...]
    example: tuple[str, ...] = ()

    @property
    def gathers(self) -> bool:
        return True

    @property
    def pressed(self) -> bool:
        return True

    def options(self, so_far: tuple[str, ...] | None) -> tuple[Option, ...]:
        marked = so_far or ()
        each = (Option(one, self._label(one), ticked=one in marked) for one in self.among)
        return (*each, Option(DONE, Say("common.chosen")))

    def _label(self, one: str) -> Say:
        return Say(f"{self.message}.{one}")

    def read(self, said: Said, so_far: tuple[str, ...] | None, words: Spellings) -> Took[tuple[str, ...]] | Unclear:
        marked = so_far or ()
        plain = (*(Option(one, self._label(one)) for one in self.among), Option(DONE, Say("common.chosen")))
        match pick(plain, said, words):
            case None:
                return Unclear("unclear-choice")
            case "done":
                return Took(marked)
            case one if one in marked:
                return Took(tuple(m for m in marked if m != one), done=False)
            case one:
                return Took((*marked, one), done=False)

    def kept(self, value: tuple[str, ...]) -> Say:
        """Several names fit on no button: how many there were."""
        return super().kept(value) if len(value) < 2 else Say("nav.keep-several", {"count": len(value)})

    def show(self, value: tuple[str, ...]) -> Say | str:
        """Each by its name: a family must see whom it lets see."""
        labels = [self._label(one) for one in self.among if one in value]
        if not labels:
            return Say("common.none-chosen")
        return reduce(lambda said, label: Say("common.and-also", {"said": said, "also": label}), labels)
