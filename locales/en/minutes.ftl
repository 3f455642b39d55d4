# What the work of a center takes: one task, and a week.

minutes-line = { $activity }: { $many } in four weeks, { $minutes } minutes each. That is { $weekly } minutes a week. { $own ->
        [yes] Set at the center, since { $since }.
       *[no] Our estimate so far.
    }
minutes-sum = All this work takes { $others } minutes a week, the promise to relatives { $promised }, together { $total } minutes. The members have { $managed } minutes a week: so long the center is open in the next four weeks, without leave. { $fits ->
        [yes] That fits.
       *[no] That does not fit: promise longer terms (/promise), or ask for more members.
    }
minutes-which = Of what shall the time for one be changed?
    .menu = Nothing, enough
    .label = Of what
minutes-activity = Work
    .new-report = First talk after a report
    .asked = Call that relatives ask for
    .undelivered = Call when a message did not arrive
    .reminder = Call to remind of an appointment
    .confirm = Call to confirm a visit
    .rebook = Call to move an appointment
    .invitation = Call with an invitation
    .number = Check of a number for notices
    .corrected = Question after a change of the report
    .silent = Check of a chat that was silent for long
    .unreadable = Message that could not be read
    .wrote = Own words of relatives
    .doubtful = Question about doubtful data
    .minor = Talk with whoever is not 18 yet
    .of-age = Talk with whoever is 18 by now
    .voice = Talk where only a human speaks of the search
    .spoken = saying an invitation or the answer to a sighting by voice
    .release = Talk about a release
    .contact = Talk that is promised to relatives
    .go-between = Call to whom relatives named
    .inquiry = Call about an institution’s answer
    .sighting = Call about a sign of life
    .crisis = Call to a person in distress
    .check-made = Check with an institution, of one case or a list
    .update-written = Write an update
    .update-signed = Check and sign an update
    .papers-decided = Papers on kinship
    .visit-held = Visit at the center
    .answer-written = Written answer to relatives
    .inquiry-written = Inquiry to an institution
    .sighting-answered = Look into a sign of life
minutes-of-one = { $activity }: how many minutes does one take, with what is written down?
    .hint = A number of minutes, for example: 25.
    .label = Minutes for one
minutes-since = From when on?
    .hint = A day, today or later.
    .label = From
unclear-minutes = Write a number of minutes from 1 to { $most }.
minutes-past = It can be set from today on, or later.
minutes-done = Noted: { $minutes } minutes, from { $since }. What was before stays as history.
