# Contact with relatives: what the center promises, who has heard nothing for long.

contact-none = The center has not promised relatives yet how often it gets in touch. Its head sees first how much time that takes, and then sets it. Until then no day is named to relatives.
contact-counts = In contact: { $contact }. To be in touch with within a week: { $due }. Heard nothing for longer than promised: { $silent }. Asked not to be written to: { $quiet }.
contact-waits = For so many relatives the dates are still being worked out, and will be in these counts in a few minutes: { $count }.
contact-line = { $number }, { $name }: by { $by }. { $state }
contact-due = What is promised
    .written = A checked word or a call.
    .voice = A call.
contact-why = Silent for longer than promised: { $why }.
    .closed = no chat of theirs takes messages
    .unanswered = three calls or more without an answer
    .not-called = nobody has called yet
contact-late = Relatives who have heard nothing for three days beyond what was promised: { $count }.
contact-board = Contact with relatives
    .set = Set what we promise
contact-next = What next?
    .promise = What the center promises
    .menu = Enough
    .label = Next
promise-here = Relatives for whom the center answers: { $relatives }. Members who call: { $members }. They manage up to { $talks } talks a day.
promise-stands = Promised now: a checked word at least every { $written } days, a human voice every { $voice } days, for new ones every { $sooner } days. Into the queue each day: at most { $limit }.
promise-stands-stage = For cases “{ $stage }”: a checked word at least every { $written } days, a human voice every { $voice } days, for new ones every { $sooner } days.
promise-change = What shall we do with the promise?
    .set = Change it for all
    .stage = Another one for a stage of the case
    .end = Promise nothing any more
    .keep = Leave it as it is
    .label = Promise
promise-ended = The center no longer promises relatives how often it is in touch, and names no new day to anybody. Calls that are in the queue stay: relatives know of these days.
contact-short = { $why ->
        [members] To keep what is promised, up to { $needed } relatives have to be talked with on a working day, and the members manage { $managed }.
        [week] To keep what is promised, { $needed } minutes a week are needed together with the other work, and the members have { $managed }.
       *[limit] To keep what is promised, up to { $needed } relatives have to be talked with on a working day, and at most { $managed } a day go into the queue.
    }
promise-written = After how many days of silence do relatives get a checked word?
    .hint = A number of days, for example: 30.
    .label = Checked word
promise-voice = After how many days does a person speak with them?
    .hint = A number of days, for example: 90.
    .label = Human voice
promise-sooner = And with those who came to us lately?
    .hint = A number of days, for example: 30.
    .label = Human voice for new ones
promise-limit = How many relatives go into the queue of calls each day, at most?
    .hint = A number, for example: 40.
    .label = Into the queue a day
promise-words = A checked word every { $days } days: { $words } a working day, { $each } for each member. So many are possible only if one check answers many relatives.
promise-talks = A human voice every { $days } days: { $talks } talks a month. The members manage { $managed }.
promise-checks = { $known ->
        [yes] Beside the talks, { $written } checked words are due on a working day. Checks will give { $carried } of them, if they go on as in the last four weeks: they concerned { $told } of { $relatives } relatives, and of { $sent } words that were sent, { $opened } were opened in time.
       *[no] Beside the talks, { $written } checked words are due on a working day. How many of them checks give is not known yet: in the last four weeks only { $sent } came from checks. Until it is measured, each word counts as a talk.
    }
promise-cost = So a person is needed for { $relatives } relatives a working day at most. That is { $minutes } minutes a week.
promise-week = The center’s other tasks take { $others } minutes a week: so it was in the last four weeks, by our estimate of each task. Together: { $total } minutes. The members have { $managed } minutes while the center is open.
promise-sure = Promise this to relatives?
    .yes = Yes, promise it
    .no = No
    .label = Promise
promise-beyond = The center does not manage so many. A person is needed for { $relatives } relatives a working day, and the members ({ $members }) manage { $talks } talks. Together with the other work that is { $needs } minutes a week, and they have { $managed }. { $fits ->
        [yes] What would fit: a checked word every { $written } days, a human voice every { $voice } days, for new ones every { $sooner } days.
       *[no] With these members no terms fit.
    }{ $checks ->
        [yes] {" "}Or at least { $least } of { $words } words a working day have to come from checks that serve many.
       *[no] {""}
    } A promise that is not kept hurts more than a longer one.
promise-stage = For which stage of the case?
    .label = Stage of the case
promise-stage-first = Set first what the center promises to all, then another one for a stage.
promise-done-stage = Promised for cases “{ $stage }”: a checked word at least every { $written } days, a human voice every { $voice } days, for new ones every { $sooner } days. To promise them the same as all again, set the same days as for all.
promise-limit-low = To keep what is promised, at least { $least } relatives a day have to go into the queue.
promise-done = Promised: a checked word at least every { $written } days, a human voice every { $voice } days, for new ones every { $sooner } days. The first dates are spread, so that the queue does not grow in one day.
unclear-promise = A number of days from { $least } to { $most } fits here. No center manages more often than once a week, and less often than once a year leaves relatives alone.
unclear-promise-limit = Write a number from 1 to { $most }.
standing-contact = { $kind ->
        [visit] You were at the center: { $at }.
        [no-news] You read whom we asked: { $at }.
        [answer] You read the center’s answer: { $at }.
       *[update] You read a checked update: { $at }.
    }
# unsigned: not yet read by a psychologist and by families
standing-coming = { $kind ->
        [voice] Even if there is no news, a person from the center will call you by { $by }.
       *[written] Even if there is no news, we will write to you or call you by { $by }.
    }
# unsigned: not yet read by a psychologist and by families
standing-quiet = You asked us not to write about the search. You can open checked updates yourself, whenever you want.
often = How shall we be in touch with you?
    .usual = As the center promises
    .sooner = Talk with a person more often
    .silence = Do not write to me about the search
    .menu = Change nothing
    .label = How we are in touch
wish-now = How we are in touch now
    .usual = We are in touch as the center promises everybody.
    .sooner = A person from the center calls you more often.
    .silence = We do not write to you about the search: you asked for that.
wish-done-usual = All right. From now on we are in touch as the center promises everybody.
wish-done-sooner = All right. A person from the center will talk with you more often: between two talks there will be no more than { $days } { $days ->
        [one] day
       *[other] days
    }.
# unsigned: not yet read by a psychologist and by families
wish-done-silence = We have heard you. We no longer write to you or call you about the search by ourselves. When there is a checked update, it will wait for you here, in the menu, for as long as you need. We remind you of an appointment as before. If you change your mind, it is one press: “My reports”, “How you are in touch”.
# unsigned: not yet read by a psychologist and by families
wish-cannot = The center does not manage more often now, and we will not promise what we would not keep. A person from the center will talk with you { $days } { $days ->
        [one] day
       *[other] days
    } after the last talk at the latest. If you need it sooner, press “Talk to a person”.
wish-cannot-yet = The center has not set yet how often it is in touch, so we cannot promise more often. If you need to talk, press “Talk to a person”.
approve-quiet-held = { $recipients ->
        [one] Report { $number }: { $recipients } person asked not to be written to. They cannot open it themselves: it waits until the head lets it go (/release { $number }).
       *[other] Report { $number }: { $recipients } people asked not to be written to. They cannot open it themselves: it waits until the head lets it go (/release { $number }).
    }
approve-quiet = { $recipients ->
        [one] Report { $number }: { $recipients } person asked not to be written to. They can open the update themselves.
       *[other] Report { $number }: { $recipients } people asked not to be written to. They can open the update themselves.
    }
