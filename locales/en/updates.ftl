# Verified updates on a case, check codes, invitations.

## A member of staff writes

write-begin = Report { $number }: { $name }. { $recipients ->
        [one] The update will reach { $recipients } person whose kinship is verified.
       *[other] The update will reach { $recipients } people whose kinship is verified.
    }
write-nobody = The case of report { $number } has no relatives yet whose kinship is verified, so nobody would receive the update. Verify the kinship first.
write-former = Your earlier text was sent back. Reason: { $reason }. Your text: “{ $text }”.
write-former-stopped = Your earlier text was stopped before it left. Your text: “{ $text }”.
# unsigned: not yet read by a psychologist and by families
update-level = How sure is it?
    .said = Said by someone
    .unit = From the unit
    .nib = In the NIB register
    .icrc = Confirmed by the Red Cross
    .released = Released
    .label = Level
    .why = The family reads the level with the text: they should know what is confirmed and what is only said.
# unsigned: not yet read by a psychologist and by families
update-subject = What is this update about?
    .circumstances = Circumstances
    .service = Place of service
    .next-steps = Next steps
    .captivity = Captivity
    .return = Return
    .none = Do not say
    .label = Subject
    .why = The family reads the subject with the text. A return is written about only when the release is confirmed.
# unsigned: not yet read by a psychologist and by families
update-stage = Does it move the case?
    .not-registered = Not in the NIB register
    .missing = Missing under special circumstances
    .registered = In the NIB register, captivity unknown
    .probably-captive = Probably in captivity
    .captive = Captivity confirmed by the Red Cross
    .located = It is known where the person is
    .released = Released
    .returned = Back home
    .reintegration = Reintegration
    .none = No, it stands where it stood
    .label = Stage
    .why = Only a signed update moves a case. Here is only what the chosen level can bear.
# unsigned: not yet read by a psychologist and by families
update-alive = Does the source itself say that the person is alive?
    .yes = Yes, the source says so
    .no = No, or it is not clear
    .label = Alive
    .why = If the source does not say so, the family is not written to: they are invited to talk.
# unsigned: not yet read by a psychologist and by families
update-capacity = Where is the person, by the words of the source?
    .serving = With a military unit
    .captive = In captivity
    .detained = Held as a civilian
    .at-liberty = At liberty
    .label = Where
write-located = Where the source does not say that the person is alive and where they are, this is not written: people are invited to talk. The invitation: /invitation { $number }
write-standing = The case stands now at: { $stage }, by a source of { $on }.
write-goes-back = This is less than is known already, or by an older source. For a case to go back a reason is needed: both who sign will see it.
write-stage-why = Why does the case go back? The family does not read this.
    .label = Why back
write-unborne = This level does not bear such a stage or subject: it says more than the source confirms. Write the update anew.
# unsigned: not yet read by a psychologist and by families
update-source = Whose information is it?
    .nib = National Information Bureau
    .icrc = Red Cross
    .unit = Military unit
    .label = Source
    .why = Without a source an update is not verified.
# unsigned: not yet read by a psychologist and by families
update-manner = Is it a document or a conversation?
    .document = document
    .conversation = conversation
    .label = Manner
write-answered = The center’s inquiry was answered: { $body }, { $on }. Nothing was written of it yet.
write-from-answer = Take this answer as the source?
    .yes = Yes, this is the source
    .no = No, another source
    .label = Source: the answer to an inquiry
write-on = What is the date of the document or conversation?
    .label = Date of the source
    .hint = For example: 20.11.2026.
write-day = { $on }
write-text = Write the text for the family, in Ukrainian, up to 2000 characters.
    .invite = Invite to a meeting instead
    .hint = Plain and warm: what is known, from whom, what happens next. The hardest is never written: for that, people are invited.
    .label = Text
    .why = Only relatives whose kinship is verified will see the text, and only after the second signature.
write-english = The text in English, if it is needed.
    .without = Without an English text
    .hint = Whoever reads English gets the Ukrainian text with an explanation in English, where there is none.
    .label = In English
write-words = { $text }
write-stopped = The word list has stopped this text: { $words }. Loss, wounds and identification are not written to a family: people say it, in person. The list only helps, it does not prove that the text is wrong. If it is about something else, say it in other words. If it is about that, invite them to a meeting: /invitation { $number }.
write-review = Check whether everything is right.
    .send = Yes, on to the signature
    .send-also = yes; on; next
    .label = Check
write-readers = It will be read by: { $kinships }. The text must fit each of them.
approve-whose = Case: { $name }, born: { $born }.
write-reach = { $recipients ->
        [one] It will reach { $recipients } person. After the second signature it can be stopped for five minutes. Later it can only be corrected or withdrawn, and relatives see that.
       *[other] It will reach { $recipients } people. After the second signature it can be stopped for five minutes. Later it can only be corrected or withdrawn, and relatives see that.
    }
write-sign = Your signature means: you have seen this text, its level, its source and how many people it will reach.
    .sign = I sign
    .label = Signature
write-done = Signed. The update on report { $number } waits for a second person. Until they sign, relatives receive nothing.
write-changed = Something has changed since you saw it: the text, or who would receive it. Nothing was signed or sent. This is how it is now.
write-decided = This update has been sent or sent back already.

unclear-changed-since = Something has changed since you saw it. Look again, and press.
unclear-press = Only a button signs: a word does not show which screen it answers.
unclear-day-whole = A whole date is needed here: day, month and year. For example: 20.11.2026.

## The second person

approve-number = Which update shall we sign?
    .one = { $number }
    .label = Report
approve-which = This case has several. Which one?
    .one = Written { $at }
    .label = Update
approve-none = Nothing waits for a signature.
approve-none-of = Nothing waits for a signature on report { $number }.
approve-show = Report { $number }, written { $at }. Level: { $level }. Source: { $body }, { $manner }, { $on }.
approve-reach = { $recipients ->
        [one] It reaches { $recipients } person:
       *[other] It reaches { $recipients } people:
    }
approve-reached = { $kinship }: { $way }.
approve-way =
    .written = a line, { $channel }
    .page = the web page only, so a human calls as well
    .nowhere = nothing reaches them, so a human calls
    .held = a call first, the text after the talk
    .voice = by voice only, a human calls
    .silence = asked us not to write; can open it without our line
    .held-silence = asked us not to write or call; the news waits
    .unsent = the first has not come to them, so nothing comes of this either
approve-subject = Subject: { $subject }.
approve-stage = The case moves to: { $stage }.
approve-capacity = The person is alive, and is: { $capacity }.
approve-goes-back = The case goes back. The author’s reason: “{ $reason }”.
approve-moved = Since this was written, the case has moved. Send it back to its author: it is written anew.
approve-text = Text: “{ $text }”
approve-english = In English: “{ $text }”
approve-no-english = There is no English text: whoever reads English gets the Ukrainian one with an explanation.
approve-rule-stops = The word list would stop this text: { $words }. Send it back to its author.
approve-rule-excuses = The word list found: { $words }. It let them pass, since here they seem to be about something else. Check whether that is so.
approve-rule-finds-nothing = The word list found nothing. It does not understand everything: read the text with the family’s eyes.
approve-own = This update is yours. The second person must be another.
approve-own-family = This is a case of your own family. Another person signs it.
approve-changed = Something has changed since it was signed: the text, or who would receive it. Its author signs again first.
approve-decision = What do you decide?
    .approve = Sign and send to the relatives
    .back = Send back to the author
    .again = Ask the author to sign again
    .label = Decision
approve-reason = Why do you send it back? The author will read this.
    .label = Reason
approve-done = { $recipients ->
        [one] Approved: { $recipients } person will receive the update on report { $number }.
       *[other] Approved: { $recipients } people will receive the update on report { $number }.
    }
approve-called = { $recipients ->
        [one] Report { $number }: a human of the center also calls { $recipients } person, whom no chat wakes.
       *[other] Report { $number }: a human of the center also calls { $recipients } people, whom no chat wakes.
    }
approve-unsent = { $recipients ->
        [one] Report { $number }: { $recipients } person receives nothing: the first has not come to them.
       *[other] Report { $number }: { $recipients } people receive nothing: the first has not come to them.
    }
approve-nobody = Approved. Report { $number }. The family receives nothing: they have not been told of the first, and there will be no calls about it.
approve-goes = The update goes: { $at }. Until then its author and whoever approved it can stop it.
# unsigned: not yet read by a psychologist and by families
approve-held = { $recipients ->
        [one] Approved. Of a release on report { $number } a person tells first: { $recipients } call is in the queue. The text goes after the talk.
       *[other] Approved. Of a release on report { $number } a person tells first: { $recipients } calls are in the queue. The text goes to each after the talk with them.
    }
recall-goes = The update on report { $number } goes: { $at }. Until then its author and whoever approved it can stop it.
recall-which = Which update shall be stopped?
    .one = { $number }
    .label = Update
recall-sure = Stop it?
    .yes = Yes, stop it
    .no = No, let it go
    .label = Stop
recall-late = There is nothing to stop: the update has gone, was stopped before, or others signed it.
recall-done = Stopped. Relatives have received nothing. Report { $number }.
recall-can = Your update on report { $number } was approved. It goes: { $at }. Until then it can be stopped.
    .stop = Stop it
recall-was-stopped = The update on report { $number } was stopped before it left. Relatives have received nothing.
board-leaving = About to go to relatives
    .left = { $minutes ->
        [one] { $minutes } minute left, until { $at }
       *[other] { $minutes } minutes left, until { $at }
    }
    .stop = Stop it
approve-sent-back = Sent back to the author. Relatives have received nothing. Report { $number }.
write-came-back = Your update on report { $number } was sent back. You will see the reason when you open it.
    .write = Write it differently
write-sign-wanted = Something has changed on report { $number } since you signed. Look at it and, if all is well, sign again.
    .sign = Look at it
write-sign-asked = The author was asked to sign again. Report { $number }.
read-which = Which update?
    .label = Update
amend-which = Which update shall be corrected or withdrawn?
    .one = { $at }: { $level }
    .label = Update
amend-none = There is no released update on report { $number } that can be corrected.
amend-text = Case: { $name }. Sent: “{ $text }”
amend-how = What shall be done?
    .corrected = Correct the words
    .withdrawn = Withdraw it
    .label = What
    .why = Only words are corrected. If level, source or stage are wrong, it is withdrawn and written anew.
amend-withdraws = Relatives will read that this update is withdrawn. There are no other words; if there is something to say, call them.
amend-first = { $received ->
        [0] Nobody has received the first yet.
        [one] { $received } person received the first. Opened: { $opened }.
       *[other] { $received } people received the first. Opened: { $opened }.
    }
amend-reach = { $recipients ->
        [0] Now the family receives nothing.
        [one] Now it reaches { $recipients } person:
       *[other] Now it reaches { $recipients } people:
    }
amend-held = { $count ->
        [one] { $count } person has not heard of the first: it waited for a call, and that call will not be made.
       *[other] { $count } people have not heard of the first: it waited for calls, and these calls will not be made.
    }
amend-left-out = { $count ->
        [one] { $count } person received the first and may not read it any more: they receive nothing.
       *[other] { $count } people received the first and may not read it any more: they receive nothing.
    }
amend-gone = This update cannot be corrected any more: it was corrected or withdrawn before, or more than words would change.
approve-amends = { $how ->
        [withdrawn] This withdraws an update: relatives read only that it is withdrawn. The text below is the one withdrawn.
       *[corrected] This corrects an update: what was sent before never opens any more.
    }
board-approvals = Waits for the second signature
    .written = { $at }
    .open = Look at it
    .own = yours

## Invitations

inviting = Call and invite them to a meeting? A human always calls first. The reason is written down nowhere.
    .yes = Yes, add the call
    .no = No
    .label = Invitation
inviting-begin = Report { $number }: { $relative }.
inviting-before = This family has been invited before.
inviting-call-made = The call with the invitation on report { $number } is in the queue. The letter can be sent after they have spoken.
inviting-call-first = On report { $number } a human must call first. When you have spoken, record it: /call { $number }. Then the letter can be sent.
inviting-letter-is = You have spoken. This is the letter, the same for every invitation:
inviting-send = Send it?
    .yes = Yes, send it
    .no = No
    .label = Letter
inviting-sent = The invitation on report { $number } is sent.
inviting-sent-already = The invitation on report { $number } was sent already.
# The one letter of every invitation, whatever the matter: it takes no arguments, so that nothing can be read from it.
# unsigned: not yet read by a psychologist and by families
invitation-letter = We invite you to the family support center: there are papers to look through and sign together. Please choose a day that suits you. If coming is hard, write to us and we will find another way.
    .book = Choose a day
    .book-also = choose; book

## A relative reads

# unsigned: not yet read by a psychologist and by families
update-news = There is a new verified message for you. Press to read it.
    .read = Read
    .read-also = read it; open
# unsigned: not yet read by a psychologist and by families
update-news-corrected = The message that we sent you on { $at } was corrected. Press to read it.
# unsigned: not yet read by a psychologist and by families
update-news-withdrawn = The message that we sent you on { $at } was withdrawn. Press to read it.
# unsigned: not yet read by a psychologist and by families
update-corrected = This is the corrected message. It replaces the one that we sent on { $at }.
# unsigned: not yet read by a psychologist and by families
update-withdrawn = We withdraw the message that we sent on { $at }. Do not rely on it. If you have a question, choose “Talk to a person”.
# unsigned: not yet read by a psychologist and by families
check-amended = This code is genuine: we wrote to you under it { $at }. Since then that message was corrected or withdrawn. These are your messages now.
# unsigned: not yet read by a psychologist and by families
update-head = A verified update on report { $number }. Sent: { $at }.
# unsigned: not yet read by a psychologist and by families
update-means-said = How sure it is: it is known from what somebody said. No institution has confirmed it yet.
# unsigned: not yet read by a psychologist and by families
update-means-unit = How sure it is: the unit said so.
# unsigned: not yet read by a psychologist and by families
update-means-nib = How sure it is: it is an entry in the register of the National Information Bureau.
# unsigned: not yet read by a psychologist and by families
update-means-icrc = How sure it is: the International Committee of the Red Cross has confirmed it.
# unsigned: not yet read by a psychologist and by families
update-means-released = How sure it is: the release is confirmed.
# unsigned: not yet read by a psychologist and by families
update-about = About: { $subject }.
# unsigned: not yet read by a psychologist and by families
update-stands-not-registered = Where it stands: there is no entry yet in the register of the National Information Bureau.
# unsigned: not yet read by a psychologist and by families
update-stands-missing = Where it stands: missing under special circumstances.
# unsigned: not yet read by a psychologist and by families
update-stands-registered = Where it stands: there is an entry in the register of the National Information Bureau; captivity is not known yet.
# unsigned: not yet read by a psychologist and by families
update-stands-probably-captive = Where it stands: probably in captivity. The International Committee of the Red Cross has not confirmed it yet.
# unsigned: not yet read by a psychologist and by families
update-stands-captive = Where it stands: captivity is confirmed by the International Committee of the Red Cross.
# unsigned: not yet read by a psychologist and by families
update-stands-located = Where it stands: the person is alive. { $capacity ->
        [serving] They are with a military unit.
        [captive] They are in captivity.
        [detained] They are held as a civilian.
       *[at-liberty] They are at liberty.
    }
# unsigned: not yet read by a psychologist and by families
update-stands-released = Where it stands: released.
# unsigned: not yet read by a psychologist and by families
update-stands-returned = Where it stands: back home.
# unsigned: not yet read by a psychologist and by families
update-stands-reintegration = Where it stands: reintegration. It is a time of rest, treatment and restoring documents.
# unsigned: not yet read by a psychologist and by families
update-only-in-ukrainian = This update exists in Ukrainian only. Below is its exact text.
# unsigned: not yet read by a psychologist and by families
update-told = { $text }
# unsigned: not yet read by a psychologist and by families
update-from = Source: { $body }, { $manner }, { $on }.
# unsigned: not yet read by a psychologist and by families
update-code = Check code: { $code }. It is for you alone. If you see it under another text, send the code here and we will show what we truly wrote.
# unsigned: not yet read by a psychologist and by families
update-not-available = This update is not available now. If you have a question, choose “Talk to a person”.
updates = Your verified updates. Choose one to read.
    .one = { $number }, { $on }: { $level }
    .withdrawn = { $number }, { $on }: withdrawn message
    .menu = Back to the menu
    .label = Update
updates-none = There are no verified updates yet. As soon as there is a new one, we will write.
check-code = Send the check code that stands under the message.
    .label = Check code
    .hint = Eight signs, for example: A3C4-K7MX. Capital or small letters make no difference.
    .why = By the code we show what exactly we wrote to you and when. So you can see whether somebody has forged a message.
check-ours = This code is genuine. This is what we wrote to you { $at }. If another text stands under this code anywhere else, it is not from us.
# unsigned: not yet read by a psychologist and by families
check-by-voice = This code is real: under it we wrote to you { $at }.
check-not-ours = We have written nothing to you under this code. Check that it is copied correctly. If it is, the message is not from us.
check-what-to-do = Do not answer it, do not pay and do not give any codes or passwords: we never ask for money. Keep the message, call the police ({ $police }) and our center.
check-own-report = { $number } is the number of your report, not a check code. The code stands under each of our verified messages and has letters in it, for example A3C4-K7MX.
check-own-visit = { $number } is the number of your appointment, not a check code. The code stands under each of our verified messages and has letters in it, for example A3C4-K7MX.
check-too-often = Too many codes within an hour. Try later, or choose “Talk to a person”. If somebody asks for money, call the police: { $police }.
