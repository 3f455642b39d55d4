# A family's correspondence with the center: the family writes, a person there answers.

## The family

correspondence-begin = Write to the center what you need. A person there will read it and answer you here.
correspondence-goes-on = Your correspondence with the center goes on. The answer will come here.
correspondence-write = Write. It may be several messages; you can add a photo, a paper or a recording.
    .more = Noted. Anything else? If that is all, press “That is all”, and the center will get it.
    .label = Words to the center
    .hint = What you write is read only by the center’s staff.
correspondence-what = What would you like to do?
    .write = Write
    .another = Let another person answer
    .label = Correspondence
correspondence-another-what = You can ask that another person answers you. You need not say why. Whoever answered until now will no longer see your correspondence.
correspondence-another = Ask for another person to answer?
    .yes = Yes, let another person answer
    .no = No
    .label = Another person
correspondence-another-done = All right. From now on another person will answer you.
correspondence-another-none = There is nobody else at the center now, so the same person as before sees the correspondence.{ $noted ->
        [true] {" "}Your wish is noted: as soon as there is somebody else, the correspondence goes to them.
       *[false] {""}
    } If you want to speak by voice, press “Talk to a person” in the menu.
correspondence-by = Your answer will most likely come by { $by }: nine of ten are answered so soon here.
correspondence-unmeasured = Letters are read in the center’s working hours. How long an answer takes has not been measured here yet, so we promise no day.
# unsigned: not yet read by a psychologist and by families
correspondence-nobody-there = Nobody is at the center now: nobody here reads this before { $at }. If you need a person right now: Lifeline Ukraine, { $phone }, or the ambulance, 103.
correspondence-which = Which correspondence?
    .one = { $who }
    .label = Correspondence
correspondence-answered = There is an answer for you. Press to read.
    .read = Read the answer
correspondence-from = { $name }, family support center, { $city }, { $at }:
correspondence-from-center = The staff of the family support center, { $city }, { $at }:
correspondence-words = { $text }
correspondence-write-here = To write more, just write here.
correspondence-no-answer = There is no answer for you here.

## Staff

correspondence-waits = A family has written to the center and waits for an answer. The words stand on the page only.
    .open = Open the correspondence
correspondence-nobody-else = A family has written to the center, and nobody but you can read it. The words stand on the page only.
correspondence-yours = A colleague hands a family’s correspondence on to you.
correspondence-gone = This correspondence is not here.
correspondence-none = Nobody waits for a written answer.
correspondence-row = { $name } · { $waits } · { $whose }
correspondence-waiting = { $late ->
        [true] waits since { $since }, late
       *[false] waits since { $since }
    }
correspondence-whose = Who answers
    .mine = you answer
    .of = { $name } answers
    .nobody = nobody answers yet
    .another = the family asks for another person
correspondence-board = Waiting for a written answer
correspondence-head = Correspondence: { $relative }. Report { $number }: { $missing }.
correspondence-phone = Phone: { $phone }
correspondence-holder = { $mine ->
        [true] You answer.
       *[false] { $name } answers.
    }
correspondence-asked-another = The family has asked that another person answers.
correspondence-by-voice = Only a person speaks with this family about the search, by voice. Here you can answer about everything else; call them about the search.
correspondence-unverified = The kinship is not verified: tell nothing of the person who is sought.
correspondence-earlier = { $count ->
        [one] { $count } line more before this.
       *[other] { $count } lines more before this.
    }
correspondence-line = { $who ->
        [family] The family, { $at }: { $text }
        [center] { $name }, { $at }: { $text }
       *[note] A note for colleagues, { $name }, { $at }: { $text }
    }{ $file ->
        [true] {" "}[a file or a recording]
       *[false] {""}
    }
correspondence-is-closed = This correspondence is closed. When the family writes again, it is open again.
correspondence-answer = Write the answer, or choose what to do.
    .story = Answer with a file or a recording
    .canned = Answer with a canned text
    .enclosed = Show files and recordings
    .hand = Hand on to a colleague
    .call = Call
    .close = Close the correspondence
    .close-unanswered = Answered by voice or no answer is needed, close
    .menu = To the menu
    .label = Answer
    .hint = The family reads just these words. The hardest news is never written: people are invited to be told.
correspondence-story = Write the answer and add files, up to five.
    .more = Added. If that is all, press “That is all”.
    .label = Answer with a file
correspondence-canned = Which text?
    .label = Canned text
correspondence-stopped = The word list has stopped the text: { $words }. Families are not written to about loss, wounds or identification: people tell them, in person. If it is about something else, say it in other words.
correspondence-since = While you were writing, there is something new here:
correspondence-to-send = The family will read: “{ $text }”{ $files ->
        [0] {""}
        [one] {" "}and { $files } file
       *[other] {" "}and { $files } files
    }
correspondence-send = Send it?
    .send = Send
    .not-search = The text says nothing of the search, send
    .anew = Write it differently
    .label = Sending
correspondence-changed = While you were writing, something new has come here. Nothing was sent, and your text is still there. Read it and decide whether to send.
correspondence-sent = The answer is sent. The family will be told of it and will read it.
correspondence-to = To whom?
    .one = { $name }, { $role }
    .label = To whom
correspondence-note = What should the colleague know? The family does not see it.
    .none = No note
    .label = Note
correspondence-handed-on = From now on { $to } answers.
correspondence-closed = The correspondence is closed.
