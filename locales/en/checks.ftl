# What the center asked about a case, and what relatives read of it: "no news", made only of what was truly asked.

## A member of staff notes it

checked-cases = Which cases did you ask about? You can paste a list of report numbers, up to 300.
    .label = Cases
    .hint = For example: 1234-5676 2345-6787, with a space, a comma or a new line between the numbers.
checked-begin = { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    }, relatives whose kinship is verified: { $relatives }.{ $voice ->
        [0] {""}
       *[other] {" "}Only by a human voice: { $voice }. Nothing is written to the relatives of these.
    }
checked-again-body = Asked again: { $body }.
checked-body = Whom did you ask?
    .label = Asked
    .why = The relatives read whom exactly you asked.
checked-on = On which day did you ask?
    .never = Without a day
    .label = Day
    .hint = For example: 20.11.2026. Not more than 30 days ago.
checked-answer = What was the answer?
    .nothing-new = Nothing new
    .unanswered = No answer yet
    .something = There is something new
    .label = Answer
    .why = If there is something new, two people write an update of it, or a human tells it. It never becomes “no news”.
checked-again = When do you ask again? The relatives read this day.
    .never = Name no day
    .label = We ask again
    .hint = For example: 17.12.2026. Within 90 days.
checked-words = Do you want to add something in your own words? Then a second person signs first.
    .without = No words of my own
    .label = Own words
    .hint = Up to 500 characters, in Ukrainian. The hardest things are never written.
checked-now = When are the relatives told?
    .yes = At once
    .no = When the word promised to them is due
    .label = When
checked-done = Noted: { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    }.
checked-told = Relatives to whom this was written: { $relatives }. The others, to whom nothing may be written or for whom there is nothing yet, are left in peace.
checked-when-due = Each relative is told before the word promised to them is due.
checked-something = Nothing was written to the relatives about this. Write an update (/update { $number }), or invite them to a talk (/invitation { $number }).
checked-body-gone = What you chose is no longer on the list. Choose another.
checked-asked-already = This list has been asked about again already, or your center no longer searches in any of its cases.
unclear-checked-numbers = “{ $part }” is not a report number. Check the digits and send the list again.
unclear-checked-many = From one to { $most } numbers are possible here.
unclear-checked-on = A day is needed here that is not after today and not more than { $days } days ago. An older answer does not say what is known now.
unclear-checked-again = A day after today is needed here, within { $days } days.
unclear-coming-day = A day after today is needed here, within { $days } days. For example: 17.12.2026.
checks-board = To ask again: promised to relatives
    .one = { $body }: { $on }.{ $late ->
        [yes] {" "}This day has passed.
       *[no] {""}
    }
    .again = Note the answer
checks-cases = { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    }
proposal-check = Report { $number }. Asked: { $body }, { $on }. Answer: nothing new. The relatives read it together with these words:
proposal-check-words = “{ $words }”

## A relative reads

# unsigned: not yet read by a psychologist and by families
no-news = We wrote to you whom we have asked in the meantime. Press to read.
    .read = Read
    .read-also = open; show
# unsigned: not yet read by a psychologist and by families
no-news-head = Report { $number }. There is no news yet, but we asked.
# unsigned: not yet read by a psychologist and by families
no-news-since = We last spoke or wrote to you on { $since }. Since then we asked:
# unsigned: not yet read by a psychologist and by families
no-news-first = You came to us on { $since }. Since then we asked:
# unsigned: not yet read by a psychologist and by families
no-news-asked = { $body }, { $on }: { $answer }.
# unsigned: not yet read by a psychologist and by families
no-news-answer = What was answered
    .nothing-new = nothing new
    .unanswered = no answer yet
    .something = a human will tell you about it
# unsigned: not yet read by a psychologist and by families
no-news-words = { $words }
# unsigned: not yet read by a psychologist and by families
no-news-words-uk = In Ukrainian, as the center wrote it: { $words }
# unsigned: not yet read by a psychologist and by families
no-news-again = We will ask again on { $on }.
# unsigned: not yet read by a psychologist and by families
no-news-over = This message can no longer be read. If you have a question, choose “Talk to a person”.
read-word = Which message?
    .label = Message
