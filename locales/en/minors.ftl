# Relatives under 18: for themselves, and for staff of the center.

# unsigned: not yet read by a psychologist and by families
register-age = Are you 18 or older?
    .adult = Yes, I am 18 or older
    .adult-also = yes; i am; adult
    .under-18 = No, I am not 18 yet
    .under-18-also = no; not yet; under 18; minor
    .label = Your age
    .why = If you are not, a person will tell you news of the search, and not a message in a chat.
# unsigned: not yet read by a psychologist and by families
register-age-before = Before we show this, we ask one thing that we did not ask before. If you are not 18 yet, a person will tell you news of the search, when an adult whom you trust is with you.
# unsigned: not yet read by a psychologist and by families
minor-welcome = Thank you for writing to us. Looking for somebody close is hard for adults too, and you need not do it alone. Write what you know: nothing of it will be lost. Then a person of the center will call you. News of the search they will tell you by voice, when an adult whom you trust is with you; it will not come into the chat. You can talk with a psychologist, too. If anybody near you needs an ambulance, it is 103.
# unsigned: not yet read by a psychologist and by families
minor-adult = Which adult do you trust? Write their name, who they are to you, and the number to call, if you know it.
    .label = An adult whom you trust
    .hint = For example: grandmother Nina, 067 123 45 67. We will talk with you first. If you do not want to write it, you can say it when we talk.
# unsigned: not yet read by a psychologist and by families
register-done-minor = All that you told is kept. The number of your report: { $number }. Keep it. A person of the center will call you by { $by }: they will ask how you are, and agree with you which adult will be there. If you want to talk with a psychologist, book an appointment: you can come with somebody, or ask for a call.
# unsigned: not yet read by a psychologist and by families
minor-sure = You are not 18 yet? Then a person will talk with you, and will tell you news of the search by voice, when an adult whom you trust is with you. All that you have written stays.
    .yes = Yes, I am not 18 yet
    .no = No, I am 18 or older
    .label = I am not 18 yet
# unsigned: not yet read by a psychologist and by families
minor-said = Thank you for telling us. A person of the center will call you by { $by }. News of the search will be told to you by voice, and will not come into the chat. You can book a psychologist and write to the center as before. All that you have written has stayed.
# unsigned: not yet read by a psychologist and by families
minor-said-no-phone = Thank you for telling us. News of the search will be told to you by voice, and will not come into the chat. We do not know where to call you. Write a number under “Talk to a person”, or write to the center here: a person will answer. All that you have written has stayed.
# unsigned: not yet read by a psychologist and by families
minor-known = We have written down that you are not 18 yet. If that is wrong or has changed, tell the person of the center when they call.
# unsigned: not yet read by a psychologist and by families
minor-instead = A person of the center will talk with you about this, when an adult whom you trust is with you. They will call by { $by }. If it is hard right now, you can talk about that, too: “Talk to a person” in the menu.
# unsigned: not yet read by a psychologist and by families
minor-told = Report { $number }: we have written down that you are not 18 yet. So a person of the center will tell you news of the search, when an adult whom you trust is with you. If that is a mistake, tell them, or write to the center.
# unsigned: not yet read by a psychologist and by families
standing-minor = A person of the center speaks with you about the search, when an adult whom you trust is with you: you are not 18 yet, so we send no messages about the search.

# unsigned: not yet read by a psychologist and by families
minor-instead-no-phone = A person from the center will talk with you about it, with an adult whom you trust beside you. We do not know where to call you. Write a number under “Talk to a person”, or write to the center here: a person will answer.
# unsigned: not yet read by a psychologist and by families
minor-ended = Report { $number }: the mark that you are not 18 yet is gone. From now on verified updates about the search come to you, too. What there was before you can read under “My reports”, or hear from a person of the center.
# unsigned: not yet read by a psychologist and by families
correct-young = If you are not 18 yet, write: “I am not 18”. Then a person from the center will talk with you.

minor-of = Report { $number }. From: { $relative }.
minor-means = The mark “not 18 yet”: we write nothing about the search; we call, and talk when an adult whom the child trusts is with them. It holds at once, and the child learns of it. A second member looks at it within a working day; two lift it.
minor-what = What should be done?
    .mark = Not 18 yet: mark
    .write = Write down the date or the adult
    .lift = Lift the mark
    .menu = Nothing
    .label = Not 18 yet
minor-born = When was the child born, from papers or from a talk? The month and the year are enough.
    .label = Month and year of birth
    .hint = For example: 03.2012. Kept is only the month in which they turn 18.
minor-trusted = Which adult does the child trust? A name, who they are to them, a telephone.
    .label = The adult
    .hint = Only what the child said themselves. If it is not known, leave it out.
minor-marked = Report { $number }: marked as not 18 yet. Nothing is written about the search. A call is in the queue: by { $by }.
minor-written = Report { $number }: written down.
minor-none = Report { $number } has no mark “not 18 yet”.
minor-of-age = Report { $number }: by this date they turn 18 by { $on }. No mark is needed.
minor-over = Report { $number }: written down. By this date they are 18: talk with them and lift the mark.
minor-confirmed = Report { $number }: your agreement is recorded.
minor-lifted = Report { $number }: the mark is lifted, messages about the search may go. What was held back is not sent: say it by voice.
minor-late = Report { $number }: for a working day the mark “not 18 yet” has held, and no second member of staff has looked at it yet. Meanwhile no news of the search is written to the person.
minor-line = Not 18 yet: tell nothing of the search to them alone. { $whose ->
        [staff] Marked by the center
       *[own] They said so themselves
    } on { $since }.
minor-line-until = They turn 18 by { $on }.
minor-line-adult = An adult whom they trust: { $adult }
call-minor = First ask how they are, and which adult is with them. Tell news only together with an adult whom they trust. Do not mention other relatives.
approve-minors = We tell nothing alone to those who are not 18 yet ({ $count }): a member of staff tells them by voice, together with an adult.
inquiry-minor = Report { $number }: the relative is not 18 yet, so we send no inquiry by their consent alone. Speak with an adult who can file a report.
proposal-minor = Report { $number }: the relative is not 18 yet, the search is only talked about with them. It is so already. Signing means that you have looked at the case and agree.
proposal-lift-minor = Report { $number }: lift the mark “not 18 yet”. Signing means that the relative is 18 by now and somebody has spoken with them, or that the mark was a mistake. What is read cannot be taken back.
kinship-young = If the papers show somebody who is not 18 yet, mark it: /minor { $number }
minors-board = Relatives who are not 18 yet: to look at
    .unknown = Not known when they turn 18
    .of-age = They are 18 by now: speak with them and lift the mark
    .look = Look
