# Work on cases: queue, search, card, notes, calls, reports of the same person.

case-unknown = There is no report { $number }. Please check the number.
case-other-center = Another center answers for report { $number }: { $center }. Please pass the conversation on.

case-head = Case of report { $number }: { $name }, born: { $born }. Center: { $center }. Opened { $opened }.
case-closed = The case is closed.
case-taken = Taken by: { $by }.
case-lead = Answers the relative: { $by }.
case-taken-by-nobody = Nobody has taken this case yet.
case-report = Report { $number } of { $on }. { $kinship }: { $name }, phone { $phone }. Kinship: { $state }.
case-told = { $what }: { $value } ({ $by }, { $on })
case-told-before = { $what }, said before: { $value } ({ $by }, { $on })
case-story = { $what } ({ $by }, { $at }{ $files ->
        [0] { "" }
        [one] , { $files } file
       *[other] , { $files } files
    }): { $text }
case-by-family = the family
case-call = To call: { $reason }, by { $due }.
case-call-note = To call: { $reason }, by { $due }. { $note }
case-visit = Appointment { $number }: { $at }, { $means }, { $center }. { $who }.
case-stage = { $now ->
        [now] The case stands at
       *[before] Before, the case stood at
    }: { $stage }, by a source of { $sourced }, said on { $at }.
case-update = The family was told { $at } ({ $level }): { $text }
case-withdrawn = Withdrawn { $at }: the message of { $on } is not to be relied on.
case-update-read = Read { $at }: { $name }
case-update-failed = Delivered on no channel, a call is needed: { $name }
case-update-held = Waits for a call, nothing is sent before: { $name }
case-update-let-go = Not held until a call: { $name }. Decided by { $by }: “{ $why }”
case-update-unread = Not read yet: { $name }
case-inquiry = Inquiry { $number }, { $body }: { $state }. Of { $since }, answer by { $due }.
case-likely = Likely the same person: report { $number } (match { $score } of 100).
case-contact = { $at }: { $how }. { $by }
case-note = { $at }, { $by }: { $text }
staff-rest-on-page = Names, phones, papers and texts open on the page: { $link }

opened = What shall we do?
    .call = Call
    .take = Take the case
    .note = Add a note
    .details = Write down details
    .kinship = Kinship
    .update = Write an update
    .join = Compare with report { $other }
    .inquired = Inquiry { $number }
    .part = Part the reports
    .serve = Act for the visitor
    .menu = Back to the menu
    .label = Action

take-done = The case of report { $number } is now yours.
take-over-done = The case of report { $number } is now yours. Until now it was: { $before }.

note = Write a note for your colleagues. The family will not see it.
    .label = Note
note-done = The note is added to the case of report { $number }.

queue-head = Queue of the center. { $calls ->
        [0] No calls.
        [one] { $calls } call.
       *[other] { $calls } calls.
    } { $papers ->
        [0] No papers to look at.
        [one] Papers to look at: { $papers } report.
       *[other] Papers to look at: { $papers } reports.
    } { $likely ->
        [0] No reports look alike.
        [one] Reports that look alike: { $likely } pair.
       *[other] Reports that look alike: { $likely } pairs.
    }
queue-call = { $number } · { $reason } · by { $due } · { $names }
queue-part = { $of }: { $first }–{ $last } of { $rows }
queue-of = What shall be shown?
    .all = All
    .mine = My cases
    .overdue = Overdue
    .papers = Papers
    .alike = Reports alike
    .label = Queue
queue-from = From which row on?
    .label = Row
queue-papers = { $number } · papers since { $since } · { $names }
queue-likely = { $number } and { $other } · match { $score } of 100 · { $name }
queue-due = { $late ->
        [true] Overdue: by { $due }
       *[false] by { $due }
    }
queue-since = since { $since }
queue-score = match { $score } of 100
queue-next = Where would you like to begin?
    .call = Call: { $who }
    .papers = Papers: { $who }
    .case = Case: { $who }
    .later = Show more
    .earlier = Show the ones before
    .of = { $of }: { $count }
    .likely = Compare: { $number } and { $other }
    .menu = Back to the menu
    .papers-wait = papers
    .alike = likely the same person
    .label = Queue

call-why = { $reason }{ $wished ->
        [morning] {" "}(best before 13:00)
        [afternoon] {" "}(best after 13:00)
       *[any] {""}
    }
call-reason = Reason
    .new-report = new report
    .asked = asks to be called
    .undelivered = a message did not arrive
    .reminder = remind of the appointment
    .confirm = confirm a visit: the address is not published
    .rebook = offer another time: we called the appointment off
    .invitation = invite to the center
    .number = check the number for notices by telephone
    .corrected = an answer was changed after the kinship was confirmed
    .silent = a chat silent for long has written: is it the family?
    .unreadable = a message could not be read
    .wrote = they wrote in their own words
    .doubtful = clear up a name, phone, date or place in a report
    .voice = only a human speaks about the search: call
    .spoken = an invitation, or the answer to a sighting: say it by voice
    .release = a release: told by voice before the text goes
    .minor = not 18 yet: talk with them, and with an adult whom they trust
    .of-age = 18 by now: ask how they want to hear
    .contact = promised to be in contact: call, or write what is checked
    .inquiry = an inquiry was answered: call and tell
    .go-between = ask to pass on: “please call the center”
    .sighting = news: somebody saw them, or a video; look into it
    .crisis = somebody is in despair

# unsigned: not yet read by a psychologist and by families
crisis-waits = An urgent call waits in the center’s queue: somebody feels very bad and needs to be called now.
    .call = Call
# unsigned: not yet read by a psychologist and by families
crisis-nobody = Somebody feels very bad and needs to be called now, and nobody is at the center: { $center }. Please find somebody who calls: the task stands first in the queue of that center.
crisis-board = Call now: somebody feels very bad
    .due = Waits since: { $at }

call-other = In this case another call waits: { $number }, { $relative }: { $reason }
call-which = Whom to call?
    .other = Call { $who }
    .this = Call { $who }
    .label = Whom to call

doubtful-head = { $count ->
        [0] No reports may have been misread. Checked: { $read }.
        [one] { $count } report may have been misread. Checked: { $read }.
       *[other] { $count } reports may have been misread. Checked: { $read }.
    }
doubtful-from = From which report on?
    .label = From which report
doubtful-part = Reports { $first } to { $last } of { $reports } were read.
doubtful-next = Read the next reports?
    .later = Read the next ones
    .menu = That will do
    .label = Next
doubtful-line = { $number } · { $name } · clear up: { $field }
doubtful = Put them into the queue, to phone and clear them up? ({ $count })
    .yes = Yes, into the queue
    .yes-also = yes
    .no = No
    .no-also = no
    .label = Clear up reports
doubtful-done = { $count ->
        [one] { $count } call is in the queue: clear up a report.
       *[other] { $count } calls are in the queue: clear up reports.
    }

sought = Who are we looking for? Write a name, a phone, a report’s number, or a number from another institution.
    .label = Search
    .hint = The missing person’s name or the relative’s; in any language, mistakes do not matter. Each search is recorded.
find-count = { $count ->
        [0] Nothing found in your center.
        [one] { $count } report found.
       *[other] { $count } reports found.
    }
find-hit = { $number }: { $name }, born: { $born }. Reported by { $relative }.
find-elsewhere = Another center has something alike: { $center }. Please pass the conversation on.
find-unread = The names are still being read after a start, so something may be missing here. Please search again in a minute.
found = Which one to open?
    .case = { $who }
    .find = Search again
    .menu = Back to the menu
    .label = Found

call-whom = Whom are we calling? Write the report’s number.
    .label = Whom
call-family = { $number }: { $relative }, phone { $phone }. About: { $missing }.
    .no-phone = not left
    .no-name = name not known
call-family-alone = { $relative }, phone { $phone }. There is no report yet.
call-family-elsewhere = { $relative }, phone { $phone }. Another center answers for the report: { $center }.
call-written = The family has written to the center and waits for an answer. Read it before you call: /correspondence { $id }
call-no-phone = We have asked for the number. As soon as it is written, it stands in this task.
# How much a stranger is told: the relative's name is enough, of the case nothing.
call-go-between = Nothing that was written has arrived. Call whom the relative has named: { $name }, phone { $phone }. Say only this: “{ $relative } lets us ask you to pass this on: please call the center.” Do not say where you are from, nor what it is about.
go-between-passed = Recorded. If the relative does not get in touch, call them by { $by }.
go-between-not-passed = Recorded. Now we call the relative: by { $by }.
call-word-told = Within 15 minutes, by { $until }, a person from the center calls you. They themselves first say the word: “{ $word }”. If no word is said, or you are asked to say it, it is not us: hang up. The word is good once, for this call. We never ask for money, cards or codes.
call-word-say = First say the word: “{ $word }”. It is good until { $until }, once. Only you say it; whoever asks for it by telephone, do not tell it.
call-word-done = The family was told. Call by { $until }, and first say the word: “{ $word }”.
call-word-night = It is night where the family lives. They can be told in the morning.
call-word-no-chat = There is no way to tell them: no chat of theirs takes messages. Call without a word.
call-how = What came of the call?
    .announce = First tell them: a call within 15 minutes
    .sent = Listen to or see what they sent
    .passed = They will pass it on
    .not-passed = Could not be passed on
    .reached = We talked
    .no-answer = No answer
    .again = They ask for a later call
    .label = Call
    .hint = Write in short what was agreed, or press a button. A note means that you spoke; only colleagues see it.
call-untold = It did not arrive, read it aloud ({ $level }, { $on }): { $text }
# unsigned: not yet read by a psychologist and by families
call-untold-held = Tell it by voice, nothing is sent before the talk ({ $level }, { $on }): { $text }
# unsigned: not yet read by a psychologist and by families
call-untold-withdrawn = Withdrawn: say that the message of { $on } is not to be relied on.
call-confirms = Visit { $number }, { $at }: agreed, confirm it?
    .yes = Yes, confirm
    .no = No, not yet
    .label = Visit
call-left = Still waiting: { $reason }.
call-again = When shall we call again?
    .label = When again
    .hint = For example: tomorrow 10:30, or 25.11 14:00. Kyiv time.
call-done = { $tasks ->
        [0] Recorded: we talked ({ $number }).
       *[other] Recorded: we talked ({ $number }). The promise is kept.
    }
call-again-done = Recorded ({ $number }). Call again: { $at }.
call-again-past = This time has passed. Please choose another.
call-another = Somebody else of the center calls here. The call is in your colleagues’ queue.
call-another-meanwhile = The relative has asked meanwhile that somebody else should call. If you are speaking already, finish the talk calmly and record what came of it. If you are not, do not call: a colleague will.
call-gone = This call is no longer in the queue.
call-missed = We called you and did not reach you. We will call again by { $by }. Staff of the center never ask for money or codes.

other-number = Write the number of the other report.
    .label = Other report
join-side = { $number }: { $name }, born: { $born }. Reported by { $relative } ({ $kinship }). Kinship: { $state }.
join-side-changed = Attention: in report { $number } the name or other data were changed after the kinship had been verified. First find out who is meant.
one-person = Is it the same person?
    .yes = Yes, join them
    .no = No, two persons
    .label = The same person
    .why = After joining there is one case; each relative keeps the own number and learns nothing about the others.
join-done = Reports { $number } and { $other } are now in one case. The relatives see nothing of it.
join-apart = Recorded: { $number } and { $other } are about two persons. They will not be proposed again.
join-already = Reports { $number } and { $other } are in one case already.
part-sure = Part them? The report goes back to a case of its own.
    .yes = Yes, part them
    .no = No
    .label = Parting
part-done = Report { $number } is in a case of its own again.
part-never-joined = Report { $number } is not joined to anything.
