# Words that all conversations share.

common = Zviazok
    .done = That is all
    .away = Leave these files out
    .away-also = leave out; do not add; remove
    .done-also = all; done; finished; the end
    .chosen = Done
    .chosen-also = ready; finished
    .marked = ✓ { $what }
    .unmarked = { $what }
    .change = Change one of the answers, or add to it
    .rest = { $count ->
        [one] Answer { $count } more question
       *[other] Answer { $count } more questions
    }
    .line = { $what }: { $value }
    .story = { $files ->
        [0] { $text }
       *[other] { $length ->
            [0] { $counted }
           *[other] { $text } (and { $counted })
        }
    }
    .counted-photo = { $files ->
        [one] { $files } photo
       *[other] { $files } photos
    }
    .counted-paper = { $files ->
        [one] { $files } paper
       *[other] { $files } papers
    }
    .counted-file = { $files ->
        [one] { $files } file
       *[other] { $files } files
    }
    .none-chosen = nothing chosen
    .and-also = { $said }; { $also }
    .day = { $day }
    .unknown = not known
    .none = to nobody
    .later = you will tell us later
    .location = My place on the map
    .share-contact = Send my number
    .share-location = Send my location
    .left = { $count ->
        [one] { $count } more question.
       *[other] About { $count } more questions.
    }

nav = What you can do
    .back = Back
    .back-also = go back; previous; return
    .more = More
    .more-also = more options
    .why = Why do you ask about this?
    .why-also = why; what for; why do you ask
    .later = Later
    .later-also = not now; some other time
    .skip = Skip the rest and save
    .skip-also = skip; skip the rest
    .unknown = I don’t know
    .unknown-also = i do not know; not sure
    .human = Talk to a person
    .human-also = human; operator; a person; talk to a human
    .menu = To the start
    .menu-also = menu; main menu; home; start again
    .keep = Keep: { $what }
    .keep-several = Keep all that was chosen ({ $count })

desk-joined = We have added this to your last answer, which now says: “{ $what }”. If that is wrong, choose “Back”.
desk-early = We have received this from you: “{ $text }”. You wrote it before the question below came up, so we did not take it as the answer. If it is the answer, please send it again.
desk-goes-on = We go on where you stopped: { $what }.
desk-old-button = That button no longer works. Here is the question we are at now.
desk-command-unknown = There is no command { $command }.
desk-command-not-yours = The command { $command } is not open to you.
desk-step-gone = The step where you stopped is no more. Nothing that you wrote is lost. Here is what you can do now.
desk-question-gone = The question that you answered is no more. We have received this from you: “{ $text }”, and did not take it as the answer to another question.
desk-words-again = You wrote this where it is not asked any more: “{ $text }”. If you need it, copy it from here.
desk-command-gone = That is no longer something to be done here. Here is what you can do.
desk-link-unknown = This link is out of date or has a mistake in it. Nothing has changed. Here is what you can do.
desk-heard-after-all = The message that we could not deal with before has now been read. There is no need to send it again.
desk-not-handled = We could not deal with your message: it is our fault. We have saved it, and a person will read it. Your other answers are in place. You can go on.
desk-too-many = That is many messages in one minute. Nothing is lost: we read them one after another and answer each.
desk-not-read = We cannot read a message of this kind, but we have saved it. Please write the same in words.

# In the place of what is kept and cannot be read: altered or damaged data.
unreadable =
    .staff = [cannot be read: tell the administrator]
    .family = [we cannot show this now]
unreadable-family = We cannot show a part of this at the moment. Everything else works as always. If you need it now, please call: { $phone }.
unreadable-refused = We have not done this now: it needs a saved record that cannot be read. Nothing has changed. The administrator will be told.
unreadable-draft = The answers that you gave in this conversation cannot be read. We are sorry: we will ask about it again.
unreadable-message = One of your messages cannot be read. We are sorry. Please write it once more. A person of the center will call you, too.
unreadable-told = Saved records that cannot be read: { $count }. Everything else works. The log of the service names the table and the number of each. If there is a copy of the database in which they are whole, they can be put back.

unclear-asked-again = Something has changed, so we will ask about this again.
unclear-choice = It is not clear what you are choosing. Press a button, or write what is on it, or its number in the list.
unclear-choice-gone = This choice is no longer there. Please choose another.
unclear-text-wanted = An answer in words is needed here. Please write it.
unclear-file-wanted = A photo or a document is needed here (JPG, PNG or PDF). Send a file, or choose “More” to do it later.
unclear-files-enough = { $most ->
        [one] Up to { $most } file can be added here. Bring the rest to your appointment, or add them later.
       *[other] Up to { $most } files can be added here. Bring the rest to your appointment, or add them later.
    }
unclear-too-many-files = { web-error-too-many-files }
unclear-too-many-bytes = { web-error-too-many-bytes }
unclear-form = We cannot read what you sent: { $form }. Please write it in words, or choose “More”, then “Talk to a person”, and we will phone you.
unclear-edited = A correction made in a message already sent does not reach us: what counts is what it said first. To change your last answer, choose “Back” and write the new one. If you wanted to answer the question below, write it in a new message.
unclear-edited-alone = A correction made in a message already sent does not reach us: what counts is what it said first. Please write it in a new message.
unclear-contact-foreign = This is another person’s number. Send your own, or write it in digits.
unclear-region = We could not find this place. Write the name of the region, of the nearest town or, if you are abroad, of the country. For example: Lviv region, Bila Tserkva, or Poland.
unclear-region-several = There are several places with this name. Please write the region.
unclear-story-long = { $left ->
        [0] No more fits here. Press “That is all” to keep what you have told. The rest can be added later: open “Tell more” again.
        [one] { $left } more character fits here, and this has { $length }. Send a shorter text, or press “That is all” and add the rest later.
       *[other] { $left } more characters fit here, and this has { $length }. Send a shorter text, or press “That is all” and add the rest later.
    }
unclear-coordinates = We do not write down coordinates, points on a map or exact positions: if the enemy got them, people would be hurt. Please write the region, the district or the direction.
coordinates-left-out = We did not keep the coordinates in your message: if the enemy got them, people would be hurt. The rest of your words is written down.

unclear-numbers = There is no number here. Press who gave it, or write both together, for example: TCK 1234. If there are no numbers yet, choose “More”, then “Later”.
unclear-numbers-enough = Up to { $most } numbers fit here. Press “That is all”; the rest can be added later.
unclear-lost-before-born = This date is earlier than the date of birth. Please check it and write it again.

staff-not-allowed = This action is not open to you.
staff-factor-needed = For this the page asks for the code from your app once in 12 hours, in each browser. Enter the code at the top of the page, and it goes on.
report-unknown = There is no report { $number } among yours.

script = Conversations
    .sighted = news: somebody saw them, or a video
    .register = reporting a missing person
    .details = details
    .reports = my reports
    .steps = what to do next
    .human = talking to a person
    .write = words to the center
    .correspondence = correspondence with a family
    .settings = settings
    .note = a note
    .papers = documents
    .sent = the photos and papers that you sent
    .updates = verified updates
    .check = checking a message
    .amend = the correction of an update
    .update = an update for a family
    .inquiry = an inquiry
    .book = booking an appointment
    .visits = my appointments
