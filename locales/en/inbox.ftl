# A family's own words at any moment: kept, and passed on to a human.

inbox-passed = Passed on to the center. A person there will read it and answer you here.
inbox-empty = Everything that you wrote has been passed on to the center already.
inbox-number = The number is noted. Somebody will call you.
inbox-kept = Your words are kept, and so far only you can see them. We can pass them on to the center: a person there will read them and answer you here.
inbox-kept-too = This is kept too, with what you wrote before.
inbox-goes-on = This is added to your correspondence with the center: it is open, so words that answer no question go there.
inbox-joined = Added to your correspondence with the center. The same person will read it.
inbox-whole = Your long message came in parts. We have put it together and kept all of it.
inbox-not-yet = Without your consent we keep nothing, and so these words were not kept either. You can tell us right after you agree. If you need a person now, call the Coordination Headquarters: { $phone }.

call-line = Written { $at }: { $text }
call-line-file = Sent { $at }, a recording or a file. { $text }

call-back = Which number should we call, if a talk is needed?
    .label = Number to call
    .hint = For example: 067 123 45 67 or +48 600 100 200.

# A guess at what somebody writes about.
wish = Wishes
    .pass-on = Pass on to the center
    .pass-on-also = pass on; pass it on; send to the center
    .venue = Where the center is
wish-offered = You seem to be writing about something else. To go there, press “{ $what }”. The question below will wait.
wish-thanks = You are welcome. We are here: write whenever you need to.
wish-greeting = Hello. Write in your own words what you need, or choose a button.

fraud-never = Nobody from the state ever takes money for a search, an exchange or a release. Do not pay, give no codes or card numbers, and write nothing about the service. Keep the message and the number that called, and tell the police.
venue-public = Your center: { $city }, { $address }. Monday to Friday, { $opens } to { $closes }, Kyiv time.
venue-hidden = Your center: { $city }. For people’s safety its address is not published. Book an appointment: once the center’s staff confirm the visit, the address stands in “My appointments” on the web page from 18:00 the day before.

# unsigned: not yet read by a psychologist and by families
despair = Thank you for writing this. What you carry now is too heavy to be left alone with.
# unsigned: not yet read by a psychologist and by families
despair-lifeline = Somebody at Lifeline Ukraine will talk with you right now, at any hour and free of charge: { $phone }. You can call in the middle of the night, and also if you do not know what to say.
# unsigned: not yet read by a psychologist and by families
despair-raised = Your words are with the people at the center already. They will call you soon, before any other call.
# unsigned: not yet read by a psychologist and by families
despair-waits = Nobody is at the center at this moment. We have told those who answer for it, and they will call you as soon as they can. Do not wait for that call: Lifeline Ukraine answers now, at the number above.
# unsigned: not yet read by a psychologist and by families
despair-closed = Nobody is at the center now, and nobody here will read this before { $at }. The first call then will be to you. Lifeline Ukraine answers now, at the number above.
# unsigned: not yet read by a psychologist and by families
despair-no-phone = We do not know your number. Press “Pass on to the center” and write it, so that somebody can call you.
# unsigned: not yet read by a psychologist and by families
despair-nobody-told = No person will see your words here: without consent we keep nothing. So please call the number above. Once you agree, the center can call you too.
