# Inquiries of a center: what it asks, by whose consent, by when the answer is due, what came; and what relatives read.

## A member of staff asks

inquiry-begin = Report { $number }: { $name }. Told by: { $relative }.
inquiry-nobody-agreed = For report { $number } there is no consent to give the data to any of the offices. Ask for the consent first: /details { $number }.
inquiry-body = Whom do we ask? Here are only those to whom the relative agreed to give the data.
    .label = Office
inquiry-what = What do we ask? Write the question for the letter, up to 1500 characters, in Ukrainian.
    .label = Question
    .hint = The letter gives the name and the birth date by itself.
inquiry-enclosed = What goes with the question? Only what is truly needed for the answer.
    .service = Service, unit, rank
    .loss = When and where contact was lost
    .circumstances = Circumstances in the relative’s words
    .marks = What the person is recognised by
    .numbers = Numbers in other registers
    .label = Enclosed
inquiry-due = By which day do we expect the answer? No law on the term is noted here, so you choose the day.
    .label = Answer by
    .hint = For example: 17.12.2026.
inquiry-term = The term of the answer by law, in days: { $days }. { $law }
inquiry-no-consent = The relative did not agree to give the data to: { $body }. Ask for the consent first: /details { $number }. Without it there is no inquiry.
inquiry-body-gone = What you chose is no longer on the list. Choose another.
inquiry-written = Inquiry { $number } is noted. Now it has to be sent.
inquiry-gone = There is no such inquiry.
inquiry-print = The letter for printing: { $path }. Send it by your own means, then mark it as sent.
inquiry-consent-gone = The relative has taken back the consent to give these data there. There is no letter for this inquiry: { $path } is closed.
inquiry-which = Which inquiry?
    .label = Inquiry
inquiry-next = What next?
    .sent = It was sent
    .answer = Note the answer
    .stop = Ask no more
    .files = Files of the answer
    .menu = To the list
    .label = Next
inquiry-sent = Inquiry { $number } is sent, the answer is due by { $due }. Relatives to whom this was written: { $relatives }.
inquiry-sent-already = Inquiry { $number } was sent already, or is asked no more.
inquiry-due-past = The day of the answer to inquiry { $number } has passed. Stop this inquiry and write a new one.
inquiry-stopped = Inquiry { $number } is stopped. Relatives to whom this was written: { $relatives }.
inquiry-not-sent = Inquiry { $number } was not sent yet or is stopped, so there can be no answer to it.
inquiry-answered-already = The answer to inquiry { $number } is noted already, or it was stopped.
inquiry-outcome = What was the answer?
    .nothing-new = Nothing new
    .something = There is something new
    .refused = They will not tell us
    .passed-on = Passed on to another office
    .label = Answer
inquiry-answered = On which day was it answered?
    .label = Day of the answer
    .hint = For example: 20.11.2026.
inquiry-files = Send a photo or a PDF of the answer.
    .label = Answer, file
    .more = Files: { $files }. Send more or press “That is all”.
unclear-answered-on = A day is needed here from the sending of the inquiry until today.
inquiry-answer-checked = The answer to inquiry { $number } is noted: nothing new. The relatives learn of it in their own time.
inquiry-answer-draft = The answer to inquiry { $number } is noted. The relatives read nothing of it yet. Write an update, its source is filled in: /update { $report }. If it is nothing for a letter, invite them to a talk: /invitation { $report }.
inquiry-opened-files = The answer to inquiry { $number }. Files: { $files }.
inquiry-answer-kept = The answer to inquiry { $number } is noted.
inquiries = Inquiries of the center
    .one = { $number }, by { $due }
    .new = A new inquiry
    .menu = Enough
    .label = Inquiries
inquiries-none = No inquiries wait.
inquiries-line = { $number }, { $body }: { $state }. Of { $since }, answer by { $due }.
inquiries-late = { $body }: of { $due } answers { $late } came late or not at all.
inquiry-state = State of the inquiry
    .written = not sent yet
    .sent = we wait for the answer
    .late = no answer, and its day has passed
    .answered = answered
    .stopped = asked no more
inquiries-board = Inquiries
    .open = Open
inquiry-remind = Inquiry { $number }, { $body }: the answer is due by { $due }.
inquiry-remind-promised = The relatives were promised to be told on the next day.
inquiry-remind-late = Inquiry { $number }, { $body }: it was due by { $due } and no answer is noted. Remind the office.
inquiry-remind-told = The relatives were told so.
term-what = By which law, and within how many days, does an office have to answer? Relatives read it, so it takes two. Where there is no law, there is no term.
term-of = Which office?
    .label = Office
term-days = Within how many days?
    .label = Days
    .hint = A number, for example: 30.
term-law = Which law? Its name and article, up to 200 characters.
    .label = Law
term-done = The term is noted.
unclear-term = Write a number of days from 1 to { $most }, and the law that says so.
proposal-term = { $body }: answers within { $days } days. { $law }

## The letter

inquiry-title = Inquiry
inquiry-from = Family support center: { $city }
inquiry-address = { $address }
inquiry-phone = Telephone: { $phone }
inquiry-number = No. { $number }, { $on }
inquiry-to = To: { $body }
inquiry-about = About: { $name }. Date of birth: { $born }.
inquiry-question = { $question }
inquiry-service = Service: { $service }. Unit: { $unit }. Rank: { $rank }.
inquiry-loss = Contact was lost: { $on }. Where: { $where }.
inquiry-circumstances = Circumstances in the relative’s words: { $text }
inquiry-marks = Recognised by: { $text }
inquiry-numbers = Numbers in other registers: { $text }
inquiry-consent = These data are given by consent. Consent of: { $relative }.
inquiry-by-law = Please answer by { $due }. Ground: { $law }
inquiry-by = Please answer by { $due }.
inquiry-signed = Written by: { $member }. Signature: ____________________

## A relative reads

# unsigned: not yet read by a psychologist and by families
inquiry-news = We wrote to you about an inquiry that we sent. Press to read.
    .read = Read
    .read-also = open; show
# unsigned: not yet read by a psychologist and by families
inquiry-asked = Report { $number }. We sent an inquiry: { $body }, { $on }.
# unsigned: not yet read by a psychologist and by families
inquiry-law = The law gives them until { $due } to answer. { $law }
# unsigned: not yet read by a psychologist and by families
inquiry-waits = We wait for the answer until { $due }.
# unsigned: not yet read by a psychologist and by families
inquiry-then = On { $on } we tell you, answer or not.
# unsigned: not yet read by a psychologist and by families
inquiry-late = The answer was due by { $due }. There is no answer yet.
# unsigned: not yet read by a psychologist and by families
inquiry-no-more = We no longer ask this. If you have a question, choose “Talk to a person”.
# unsigned: not yet read by a psychologist and by families
inquiry-came = The answer came on { $on }: { $outcome }.
# unsigned: not yet read by a psychologist and by families
inquiry-told = What was answered
    .nothing-new = nothing new
    .something = a person of the center will talk with you about it
    .written = we have already written to you about it
    .refused = they may not tell us
    .passed-on = the inquiry was passed on to another office
# unsigned: not yet read by a psychologist and by families
inquiry-over = This message can no longer be read. If you have a question, choose “Talk to a person”.
