# A case that is spoken of only by a human voice: for staff; and for relatives who were told already.

voice-case = Report { $number }: { $name }, born: { $born }. Relatives who filed: { $relatives }.
voice-what = Only by a human voice: we write nothing about the search to any of the relatives, not even when an update is approved. Instead, a person of the center calls each of them within a working day. No reason is needed. Reminders of appointments come as before.
voice-set = Speak of this case only by a human voice?
    .yes = Yes, only by voice
    .no = No
    .label = Only by voice
voice-since = { $whose ->
        [case] This case is spoken of only by a human voice since { $on }.
       *[relative] The relative of this report said that they were told already: since { $on } nothing about the search is written to them. Other relatives get messages as before.
    }
voice-end = Write about the search again?
    .yes = Yes, write again
    .no = No, only by voice
    .label = Write again
voice-done = Report { $number }: only by a human voice from now on. { $calls ->
        [one] { $calls } call is in the queue
       *[other] { $calls } calls are in the queue
    }: to be made by { $by }.
voice-done-quiet = Report { $number }: only by a human voice from now on. The relatives asked us neither to write nor to call about the search, so no call is in the queue.
voice-ended = Report { $number }: messages about the search may go again. What was held back is not sent now: say it by voice.
voice-none = Report { $number }: messages about the search do go.
case-voice = { $whose ->
        [case] Only by a human voice: we write nothing about the search, we call. Since { $on }.
       *[relative] The relative said that they were told already: we write nothing to them about the search, we call. Since { $on }.
    }
approve-voice = { $recipients ->
        [one] Report { $number }: { $recipients } person will hear this from a human of the center. The call is in the queue.
       *[other] Report { $number }: { $recipients } people will hear this from a human of the center. The calls are in the queue.
    }

# unsigned: not yet read by a psychologist and by families
voice-told-by = If you were told something already, we will write to you no more about the search. A person of the center will call you. You need not tell anything here. Other relatives will notice nothing.
    .yes = Yes, write no more about the search
    .no = No, write as before
    .label = We were told already
# unsigned: not yet read by a psychologist and by families
voice-told = We have heard you. We write to you no more about the search. A person of the center will call by { $by }, and you will talk only about what you want to talk about. If you ever want us to write again, tell them.
# unsigned: not yet read by a psychologist and by families
voice-told-no-phone = We have heard you. We write to you no more about the search. We do not know your number, so we cannot call. If you want to talk, write the number here, under “Talk to a person”.
# unsigned: not yet read by a psychologist and by families
voice-told-already = We write nothing to you about the search. If you want to talk, or want us to write again, a person of the center will call you.
# unsigned: not yet read by a psychologist and by families
voice-instead = A person of the center will talk with you about this. They will call by { $by }.
# unsigned: not yet read by a psychologist and by families
standing-voice = Only a person of the center speaks with you about the search; we send no messages.
voice-confirmed = Report { $number }: your agreement is recorded.
voice-late = Report { $number }: for a working day the search has only been talked about, and no second member of staff has looked at that yet. Meanwhile the relatives get no messages.
