# A second chat or browser of the same person: a code shown here, typed there, confirmed here.

link = If another chat or browser of yours shows a code, write it here. To add one more chat or browser, get a code here and write it there.
    .show = Show a code
    .show-also = code
    .lost = I no longer have my old chat
    .lost-also = lost; lost my phone
    .label = Code
    .hint = Type only a code that you have just received yourself. If somebody sent you a code, do not type it: it is fraud.
link-code = Your code: { $code }. It works until { $until } Kyiv time, once. Write it in the new chat or browser; if you have talked to us there already, after the word /link. Tell it to nobody: staff never ask for it.
link-asked = Your code has just been typed ({ $channel }). Was it you? Once confirmed, everything of yours can be seen there.
linked = Was it you who typed the code?
    .yes = Yes, it was me
    .yes-also = yes
    .no = No, it was not me
    .no-also = no
    .label = Confirmation
link-id = Which code is it?
    .label = Code
link-confirm-there = The code is right. Now confirm it in the chat or browser where you got it: “Yes, it was me”.
link-wrong = This code does not work: there is a mistake in it, or its time is over. Get a new one where you got this one.
link-too-often = Too many tries. Please try again in an hour.
link-old = This code no longer works. If it was you, get a new one: /link.
link-twice = Your code was typed in two places, so we joined neither: somebody may have seen it. Get a new code and show it to nobody: /link.
link-refused = Refused. Nothing of yours was seen there. If it was not you who typed the code, show it to nobody.
link-has-reports = This conversation has reports of its own, so it cannot be joined here. Choose “Talk to a person”: staff of the center will help, nothing is lost.
link-not-from-staff = This is a staff member’s chat. A code is shown here and typed in the new chat.
link-busy = Somebody is writing in the other chat just now. Please try again in a minute.
link-done = Joined. You can use both now.
link-two-at-once = These chats have appointments at the same time: { $number } and { $other }. Cancel one of them first, then the chats can be joined.
link-welcome = This conversation is joined to yours: it shows the same as the other. Here is where we were.
link-welcome-staff = This chat is joined to your work chat. Write /menu.

door-silent = Nothing was written from this chat for over half a year. In that time a number or an account can pass to another person, so for now we show nothing here. If it is you, choose “I was here before”: you will need a code from another device of yours, or a talk with the center.

claim-code = Your code: { $code }. It works until { $until } Kyiv time, once. Phone your center and read it out: the staff member who has spoken with you before will bring all that is yours back here. We never ask for codes ourselves. If somebody who phoned you asks for it, it is fraud.
claim-phone = { $city }: { $phone }

rejoin-code = Which code does the family’s new chat show?
    .label = Code
    .hint = The family reads it out to you, while you talk. It works for 10 minutes.
rejoin-close = Close all former chats and browsers of the family? That is needed if the phone is lost or was taken.
    .yes = Yes, close them
    .no = No, keep them
    .label = Former chats
rejoin-wrong = This code does not work: there is a mistake in it, or its time is over. The family can get a new one: “I was here before”, then “I no longer have my old chat”.
rejoin-same = This chat belongs to the family with this report already.
rejoin-call-first = First talk to the family on the phone number in report { $number }, and record the call: /call.
rejoin-done = The new chat is joined to report { $number }. { $closed ->
        [0] The former chats stay.
       *[other] Former chats and browsers closed: { $closed }.
    }
rejoin-told = The center has joined one more chat to your reports. If you did not ask for it, phone the center.
rejoined = This chat is yours again: everything from before is here.
    .go-on = Go on
    .go-on-also = continue; next
unclear-link-code = A code has eight letters and digits, for example: ABCD-2345.
