# A sign of life: “seen in a video”, “one who came back saw”. What not to do, a receipt with a number, an answer by a day.

# unsigned: not yet read by a psychologist and by families
sighting-warns = Thank you for writing here. Three requests, which guard you and the person close to you. Do not write under the video, nor answer whoever posted it: the enemy reads the comments. Pay nobody: no state institution asks for money for news, a search or a release. Do not forward it: the fewer see it, the better. What you send is seen by the center’s staff only; the program itself opens no link.
sighting-kind = Where does this come from?
    .video = A video or a photo
    .witness = A person who came back saw
    .other = Something else
    .label = Where from
sighting-seen = Send the link, a file, or tell it in your own words. It may be several messages.
    .more = { $files ->
        [0] Recorded. Go on writing; you can add photos or a video. When you have said everything, press “That is all”.
        [one] Recorded, with { $files } file. Go on writing, or press “That is all”.
       *[other] Recorded, with { $files } files. Go on writing, or press “That is all”.
    }
    .again = What you sent already is kept. What do you want to add?
    .label = What is seen or was told
    .hint = When you have sent everything, press “That is all”.
sighting-when = When was it: the day of filming, of the talk, of the meeting? If a minute of the video shows it, write that too.
    .label = When
    .hint = Roughly is enough, for example: early October, minute 2 of the video.
sighting-who = Who saw? A name, a phone number, or where the video was found.
    .label = Who saw
    .hint = You need not say. Nobody is approached without you.
    .unnamed = a member of the center’s staff
# unsigned: not yet read by a psychologist and by families
sighting-done = Recorded under the number { $number }. Somebody at the center takes it up, and we write to you who. You get an answer by { $by }, even if they find nothing new. Please do not write under the video.
sighting-empty = There is nothing here yet. Send a link, a file or a few words.
sighting-stands = What you told us ({ $number }) waits for a person. We answer by { $by }.
sighting-stands-taken = What you told us ({ $number }) is looked into by { $who }. We answer by { $by }.
sighting-stands-answered = We have answered what you told us ({ $number }).
sighting-taken = What you told us ({ $number }) is looked into by { $who }.
# unsigned: not yet read by a psychologist and by families
sighting-call = A person from the center will speak with you about what you told us ({ $number }): we call by { $by }.
# unsigned: not yet read by a psychologist and by families
sighting-told-passed = What you told us ({ $number }) was passed on to those who search. When something checked comes of it, you get a checked update or a call.
# unsigned: not yet read by a psychologist and by families
sighting-told-known = A person has looked at what you told us ({ $number }). It was known already, and adds nothing new. If you see something else, write again.
sighting-head = { $number }, { $at }: { $kind }. To be answered by { $due }.
sighting-words = Told: { $text }
sighting-when-told = When: { $text }
sighting-who-told = Who saw: { $text }
sighting-taken-by = Looks into it: { $by }.
sighting-free = Nobody has taken it yet.
sighting-answered = What was answered
    .call = Answered: we call.
    .passed = Answered: passed on to those who search.
    .known = Answered: known already.
sighting-none = For report { $number } the relative has told nothing of the kind.
sighting-next = What next? Files open from the queue of calls. Open links on a service device only, signed in to no account.
    .take = Take { $number }
    .call = { $number }: call
    .passed = { $number }: passed on to those who search
    .known = { $number }: known already
    .menu = Enough
    .label = Next
sighting-take-done = You look into { $number }. The relative was told. To be answered by { $by }.
sighting-answer-done = The answer to { $number } was sent.
sighting-take-first = First take { $number }: the relative has to know who looks into it.
sighting-over = What was told for report { $number } was answered already.
sighting-open = Open { $number }
sighting-board = News: somebody saw them, or a video
