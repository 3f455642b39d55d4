# Booking an appointment.

book-families-only = Only a family can book here, from its own chat or page.
book-enough = You already have { $most ->
        [one] { $most } appointment
       *[other] { $most } appointments
    }, and that is the most at one time. You can move or cancel one under “My appointments”.

## Where

book-center = Where would you like to meet?
    .own = { $city }: your center
    .call = By phone or video
    .call-also = phone; video; call; online
    .other = Another city
    .other-also = other city; another center
    .label = Where
    .why = You may come to any center. One of them answers for your region, but the choice is yours.
book-from = Where would you set out from? Write the town or village, choose the region by its first letter, or send your place, and we will show which center is nearer.
    .label = Setting out from
    .hint = “I don’t know” will do: then we count from your region.
book-city = Which center do you choose?
    .far = { $city }, about { $km } km
    .label = City
book-means = How would you like to talk?
    .phone = By phone
    .phone-also = phone; call
    .video = By video
    .video-also = video; video call
    .label = How we talk
book-nobody-there = There are no specialists here yet to book a meeting with. You can talk by telephone or video: calls come from any center.
book-no-time = There is no free time here for now.
book-nobody = What would you like to do?
    .call = By telephone or video
    .book = Choose another place
    .wait = Tell me when a time comes free
    .wait-also = tell me; waiting list
    .human = Talk to a person
    .menu = Back to the menu
    .label = Next

## Whom to see

specialist-why = { $who }. { $why }
book-structure = Whom would you like to see?
    .label = Specialist
    .why = One meeting is with one specialist. You can book another one separately, for the same day.
book-report = Whom will you talk about?
    .none = Without a report
    .none-also = none; something else
    .label = Report

## When

book-slot = When would suit you? Times are in Kyiv time.
    .one = { $at }
    .both = { $at } (yours: { $own })
    .days = Choose a day
    .days-also = choose a day; another day; other day; days
    .day = { $day }
    .later = Later times
    .later-also = later
    .night = When it is night for you
    .night-also = at night; night
    .earlier = Earlier times
    .earlier-also = earlier
    .week = A week later
    .week-also = next week
    .wait = Tell me of an earlier time
    .wait-also = tell me; earlier time; waiting list
    .label = Time
    .why = We show only when this specialist is free. The nearest time comes first.
move-slot = To when shall we move it? Times are in Kyiv time.
    .label = New time
move-sure = Move appointment { $number }? It is now: { $old }. It would be: { $new }.
    .yes = Yes, move it
    .yes-also = yes; move; move it
    .no = No, leave it as it is
    .label = Moving
book-review = This is what we have. Shall we book it?
    .send = Yes, book it
    .send-also = yes; book
    .label = Check
    .why = After this the time is yours. You can move or cancel it until it begins.
slot-taken = Someone has just taken this time. The nearest free one: { $next }. Please choose another.
slot-taken-last = Someone has just taken this time, and it was the last one.
unclear-slot-gone = This time is already taken. Please choose another.
unclear-slot-none = There is no free appointment at that time. Please choose one of those offered, or write another, for example: tomorrow at 14:00.
unclear-slot-passed = This time has gone by or is about to. Please choose another.
unclear-specialist-gone = This specialist does not see families there at the moment. Please choose another.

## What to bring

bring-to-visit = Bring your passport, or Diia on your phone. { $tie }
bring-to-call = Have your passport at hand. { $tie }
bring-tie-child = To show kinship, your child’s birth certificate is needed.
bring-tie-marriage = To show kinship, your marriage certificate is needed.
bring-tie-own = To show kinship, your own birth certificate is needed.
bring-tie-both = To show kinship, two birth certificates are needed: yours and that of the brother or sister you are looking for.
bring-tie-chain = To show kinship, the birth and marriage certificates that connect you are needed.
bring-tie-none = No papers on kinship are needed.
bring-tie-unknown = If you have papers on kinship (birth or marriage certificates), they will be useful.

## Booked

visit-when-kyiv = { $at }
visit-when-both = { $at } in Kyiv (yours: { $own })
visit-where-public = { $city }, { $address }
visit-where-city = { $city }
visit-where-phone = by phone: we will call you
visit-where-video = by video: we will call you and say how to connect
visit-line = { $state ->
        [specialist-absent] Appointment { $number } ({ $when }) will not take place: please choose another time. { $who }.
       *[other] Appointment { $number }: { $when }. { $who }. { $where }.
    }
booked = You are booked. The number of your appointment: { $number }. { $when }. { $who }. { $where }.
moved = Moved. The number stays the same: { $number }. Now: { $when }. { $who }. { $where }.
booked-address-later = For safety the address of this center is not published. Someone from the center will call you and confirm the visit. You can see the address { $since }: “My appointments”, then “Show the address”. Do not believe anyone who asks money for an address or claims to be the center.
booked-files-visit = The file adds the meeting to your calendar. Show the code at the door: nobody but the center’s staff learns anything from it.
booked-files-call = The file adds the meeting to your calendar.
reminded-twice = We will remind you the day before and shortly before the meeting.
reminded-the-day-before = We will remind you the day before.
reminded-shortly = We will remind you shortly before the meeting.
visit-cancelled = Appointment { $number } ({ $when }) is cancelled. The file takes the meeting out of your calendar. You can book again at any time.
coming-done = Thank you, we are expecting you: { $when }.
visit-unknown = There is no appointment { $number } among yours.
visit-over = This can no longer be done with appointment { $number }: it is over, or cancelled.

## My appointments

visits = What would you like to do?
    .code = Show the code for the door { $number }
    .move = Move { $number }
    .earlier = Tell me of an earlier time { $number }
    .cancel = Cancel { $number }
    .address = Show the address of { $number }
    .book = Book another
    .menu = Back to the menu
    .label = My appointments
visits-none = You have no appointments yet.
door-code = The code for the door, appointment { $number }: { $when }. Show it at the entrance: nobody but the center’s staff learns anything from it.
door-code-none = There is no code for appointment { $number }. At the entrance say its number.
visit-number = Which appointment is it? Write its number.
    .whose = { $at } · { $who }
    .one = { $at }: { $number }
    .label = Number of the appointment
unclear-visit-number = The number of an appointment has eight digits. Write it like this: 1234-5678.
visit-cancel = Cancel appointment { $number } ({ $when })? The time becomes free for another family at once.
    .yes = Yes, cancel it
    .no = No, keep it
    .label = Cancelling

## An address that is not published

address-unconfirmed = No one from the center has confirmed this visit yet. They will call you. You can see the address { $since }: “My appointments”, then “Show the address”.
address-from = from { $time } on the day before ({ $day })
address-now = from now on
address-once-confirmed = as soon as the center has confirmed the visit
address-early = The visit is confirmed. You can see the address { $since }: “My appointments”, then “Show the address”.
address-way = Only the web page shows the address. Open: { $link } Press “Add this browser” there, then “Yes, it was me” in this chat. If the page asks for a code: { $code }. It works until { $until } Kyiv time, once. Forward it to nobody.
address-told = This is where to come. Please do not forward or publish it: the safety of the people in the center depends on it.
address = { $city }, { $address }
address-by-phone = { $city }: someone from the center will tell you the address by phone.
visit-confirmed = Your visit { $number } is confirmed. You can see the address { $since }.
    .address = Show the address
confirm-not-needed = Appointment { $number } needs no confirmation.
confirm-call-first = Appointment { $number } cannot be confirmed yet: first call the family (/call), or wait until their kinship is verified.
confirm-done = Visit { $number } is confirmed. The family will see the address { $since }.
confirm-board = Confirm the visit
    .who = Confirm: { $who }

## A day in the center

day = Which day shall we show? Write a date, or “tomorrow”.
    .label = Day
work-day = { $day }
day-title = { $day }. { $count ->
        [0] No appointments.
        [one] { $count } appointment.
       *[other] { $count } appointments.
    }
day-line = { $at } · { $number } · { $name } · { $who } · { $means } · { $state }{ $coming ->
        [yes] {" "}· said they are coming
       *[no] {""}
    }{ $confirmed ->
        [yes] {" "}· confirmed
       *[no] {""}
    }
day-next = Whom shall we mark?
    .after = The day after
    .before = The day before
    .menu = Back to the menu
    .label = Day
day-sheet = Appointments: { $day }
    .print = Print
    .time = Time
    .number = Appointment
    .name = Visitor
    .who = Specialist
    .mark = Came
    .after = Destroy this sheet after the day.
day-board = Today’s appointments
visit-means = How we meet
    .visit = in the center
    .phone = by phone
    .video = by video
visit-state = State
    .booked = expected
    .arrived = here
    .in = with the specialist
    .done = done
    .not-come = did not come
    .cancelled = cancelled by the family
    .specialist-absent = called off by us
attend = Appointment { $number }: what shall we mark?
    .who = Mark: { $who }
    .label = State
attend-done = Appointment { $number }: { $state }.
attend-not-now = Appointment { $number } is set for { $at }. It can be marked on that day, and “did not come” only after its beginning.
door = Scan the family’s code and send what it says.
    .label = Code
door-open = { $at } · { $number } · { $name } · { $who }. Marked as here.
unclear-door = This is not the code of an appointment. Scan it again, or find the appointment by its number: /attend 1234-5678.

## A specialist is away

specialist-who = { $who } ({ $name })
absent-whom = Who will be away: { $who }.
absent-who = Who will be away?
    .label = Who
absent-nobody = There are no specialists in your center who can be marked as away.
absent-from = From which day?
    .label = From which day
absent-to = Until which day, included?
    .label = Until which day
absent-backwards = The last day is earlier than the first. Let us begin again.
absent-too-long = At most { $most ->
        [one] { $most } day
       *[other] { $most } days
    } can be marked at once.
absent-touches = From { $first } to { $last }: { $count ->
        [0] no appointment is touched.
        [one] { $count } appointment is touched.
       *[other] { $count } appointments are touched.
    }{ $silent ->
        [0] {""}
        [one] {" "}{ $silent } family has to be called: a message may not reach them.
       *[other] {" "}{ $silent } families have to be called: a message may not reach them.
    }
absent = Cancel these appointments and offer the families another time at once?
    .yes = Yes, tell everyone
    .no = No
    .label = Confirmation
absent-done = Marked: from { $first } to { $last }. { $count ->
        [0] There were no appointments on these days.
        [one] { $count } family has been told.
       *[other] { $count } families have been told.
    }
visit-off = The meeting set for { $at } will not take place: it is because of us. Please forgive us. There is no free time yet; someone will call you, or choose another way.
    .other = Another time
    .other-also = other time
    .no = Cancel the appointment
    .no-also = cancel
visit-off-slots = The meeting set for { $at } will not take place: it is because of us. Please forgive us. The number of the appointment stays yours. Here are the nearest free times; one press takes one:
length = How long does a meeting with you last?
    .minutes = { $minutes } min
    .label = Length
length-done = A meeting with you now lasts { $minutes } min, with a pause of { $pause } min after it. What is booked already does not change.
