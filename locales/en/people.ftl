welcome = This is Zviazok (“connection”), the assistant of the support centers for families of prisoners of war and missing people. Here you can report a missing person, book an appointment with the specialist you need, and receive verified news. Behind every message there are people: the staff of the center.
# unsigned: not yet read by a psychologist and by families
welcome-never = We never ask for money, bank card numbers, codes or passwords. And we never send the hardest news in a message. Anyone who does so in our name is not from us.
welcome-kept = We keep all that you tell us encrypted, for as long as the search goes on and three years after that. Only staff of the center can see it, and every time they look is recorded. You can have your data erased at any time: “Settings”, then “Erase my data”.
consent = Do you agree that we keep and use what you tell us, in order to search and to support your family?
    .agree = I agree
    .agree-also = yes; i do; agreed; ok; okay
    .link = I was here before
    .link-also = been here before; not the first time
    .decline = Not now
    .decline-also = no; no thanks; i do not agree
    .label = Consent
    .why = Without your consent the law does not allow us to keep information about you and the person you are looking for.
welcome-done = Thank you. You can stop at any moment: everything you have already written will be kept.
welcome-declined = All right, we are keeping nothing. You can phone the Coordination Headquarters: { $phone }. If you change your mind, just write here again.

language = Which language should we write in?
    .uk = Українською
    .uk-also = ukrainian; ukrainska
    .en = English
    .en-also = in english
    .label = Language

menu = How can we help?
    .go-on = Go on with: { $what }
    .register = Report a missing person
    .register-also = report; report someone
    .reports = My reports
    .reports-also = reports
    .visits = My appointments
    .visits-also = appointments
    .book = Book an appointment
    .book-also = book; appointment
    .steps = What to do next
    .steps-also = next; what next
    .write = Write to the center
    .write-also = write; a letter; write to center
    .human = Talk to a person
    .human-also = human; operator; a person
    .sighted = Somebody saw them, or a video
    .check = Check a message
    .check-also = check
    .settings = Settings
    .settings-also = options
    .inbox = Pass on to the center what I wrote ({ $count })
    .keep = Do not erase my data
    .label = Menu

settings = Settings
    .language = Language
    .pause = Pause messages
    .where = Where we write to you
    .where-also = where messages come
    .opens = Where messages open
    .opens-also = where messages are shown
    .notices = Notices by telephone
    .gobetween = Who can find you
    .gobetween-also = who can find me; who can pass it on
    .under18 = I am not 18 yet
    .link = Add another chat or browser
    .safety = If the phone is taken from you
    .myname = My name for families
    .leave = Sign out on this device
    .erase = Erase my data
    .erase-also = take and erase my data; take my data; delete my data
    .label = Settings
settings-language-done = The language is changed.
pause = Pause ordinary news for 30 days? It will wait. What cannot wait comes during the pause too: about your appointment, a call, kinship, and verified news of your case.
    .yes = Yes, pause
    .no = No
    .label = Pause
settings-pause-done = All right. The pause lasts until { $until }. Until then we write first only about what cannot wait; the rest comes after the pause.
settings-pause-ended = The pause is over. What has waited comes now.
leave = Sign out on this device? Your reports and appointments will stay, but nothing more will come here. To sign in again, you will need another device of yours or the help of the center’s staff.
    .yes = Yes, sign out
    .no = No
    .label = Signing out
settings-left = You have signed out. Nothing of yours is left on this device.
erase-what-ends = { $reports ->
        [0] All that you have written and your appointments will be erased.
        [one] { $reports } report of yours, your documents and your appointments will be erased. News of the case will no longer come. If other relatives have reported the same person, their case will stay.
       *[other] { $reports } reports of yours, your documents and your appointments will be erased. News of the cases will no longer come. If other relatives have reported the same people, their cases will stay.
    }
erase = Erase your data?
    .yes = Yes, erase
    .no = No, keep them
    .label = Erasing
erase-sure = Are you sure? For 7 days this can still be taken back. After that, nobody can restore the data.
    .yes = Yes, erase my data
    .no = No, keep them
    .label = Confirmation
settings-erase-done = The data will be erased on { $on }. Until then you can change your mind: “Do not erase my data” in the menu.
settings-erase-taken-back = Nothing is erased. Everything stays as it was.

human-center = Your center: { $city }, phone { $phone }, Monday to Friday, { $opens } to { $closes } Kyiv time.
human-center-no-phone = Your center: { $city }. It is open Monday to Friday, { $opens } to { $closes } Kyiv time. It has no phone for families yet.
call-when = Someone from the center will phone you. When is a good time, by the clock in Kyiv?
    .morning = Before 13:00
    .morning-also = morning; in the morning
    .afternoon = After 13:00
    .afternoon-also = afternoon; in the afternoon
    .any = Any time
    .any-also = any; whenever
    .label = Time of the call
call-about = What would you like to talk about? Write a few words, so that someone who knows the answer phones you.
    .label = What the call is about
call-phone = On which number should we phone you?
    .none = I have no number
    .none-also = no number; no phone; no telephone
    .hint = For example: 067 123 45 67 or +48 600 100 200.
    .label = Number for the call
human-done-no-phone = Passed on to the center. A person will read it by { $by } at the latest. Without a number nobody can phone you, so please call the numbers above yourself. Once there is a number, press “Talk to a person” again.
human-done = Written down. We will phone you{ $when ->
        [morning] {" "}before 13:00 Kyiv time,
        [afternoon] {" "}after 13:00 Kyiv time,
       *[any] {""}
    } by { $by } at the latest. Staff of the center never ask for money or codes. If a call seems suspicious, hang up and write here.

