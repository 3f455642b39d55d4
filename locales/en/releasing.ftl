# News of a release: by voice first, for each relative apart.

# unsigned: not yet read by a psychologist and by families
release-for = Report { $number }: { $relative }.
# unsigned: not yet read by a psychologist and by families
release-none = Nothing is held on report { $number }: it was told by voice already, or there was none.
# unsigned: not yet read by a psychologist and by families
release-held = News of a release waits for a call. Approved { $at }. { $tries ->
        [0] Nobody has called yet.
        [one] There was { $tries } call without an answer.
       *[other] There were { $tries } calls without an answer.
    }
# unsigned: not yet read by a psychologist and by families
release-sure = Send the text to the relative without waiting for a call?
    .yes = Yes, send it
    .no = No, wait for the call
    .label = Without a call
    .why = Such words are better heard from a person first. The head decides, in writing; the audit shows it.
# unsigned: not yet read by a psychologist and by families
release-why = Why do we not wait for a call? Colleagues will read this.
    .label = Reason
# unsigned: not yet read by a psychologist and by families
release-done = The text goes on report { $number }: { $at }.
# unsigned: not yet read by a psychologist and by families
release-goes = The news of the release now goes to the relative as a text, too.
# unsigned: not yet read by a psychologist and by families
release-not-yours = The text about the release is still held: you signed it. Another member has to record the talk, or the head lets the text go: /release.
