# The web page: everything around the conversation.

web-title = Zviazok
web-title-skip = Skip to the content
web-title-language = English
web-title-never = We never ask for money, card numbers, codes or passwords.
web-title-privacy = What we keep, and your rights
web-moment = { $at }

## The first page

web-first-lead = For families of prisoners of war and of the missing
web-first-what = Here you can report a missing person, book an appointment with the right specialist and receive verified updates. The staff of the family support centers answer.
web-first-never = What we never do
web-first-never-money = We do not ask for money. Neither a search, nor an exchange, nor a “status” is bought or sold.
web-first-never-codes = We do not ask for bank card numbers, codes from messages, or passwords.
web-first-never-news = We do not tell the hardest news in writing.
web-first-begin = Begin the conversation
web-first-again = I have been here before
web-first-pace = You can stop at any time: what you have written is kept on this device, and you can go on from here.
web-first-telegram = The same in Telegram:
web-first-viber = The same in Viber:
web-first-staff = For staff of the centers
web-left = You have left
web-left-declined = All right, we are keeping nothing. You can phone the Coordination Headquarters: { $phone }. If you change your mind, begin the conversation again.
web-left-then = There is nothing of yours on this device any more. Your reports and appointments stay. To come back to them, open the conversation on another device of yours, or call the center.

## The conversation

web-chat = Conversation
web-chat-thread = Messages
web-chat-tools = Page
web-chat-service = Zviazok:
web-chat-staff = Staff of the center:
web-chat-you = You:
web-chat-write = Write
web-chat-text = Your message
web-chat-send = Send
web-chat-sending = Sending
web-chat-again = Not sent yet. Trying again; please keep the page open.
web-chat-lost = The connection is lost. New messages will appear as soon as it is back.
web-chat-files = Add a photo
web-chat-files-what = You can send photos, PDF or a voice recording: up to { $megabytes } megabytes each, up to { $most } at a time.
web-chat-chosen = What will be sent
web-chat-take-back = Remove
web-chat-place-wait = Looking for your place on the map.
web-chat-place-no = We could not find out where you are. Write the name of the town or village.
web-chat-earlier = Show earlier messages
web-chat-refresh = See if there is anything new
web-chat-coming = The answer is on its way.
web-chat-several = You can mark more than one
web-held-copy = Copy
web-held-copied = Copied
web-held-print = Print
web-chat-leave = Leave

web-leave = Leave this device?
web-leave-what = Everything of yours goes from this page: nobody who picks up this device will see anything. Your reports and appointments stay.
web-leave-back = To come back to them you will need another device of yours, or a call to the center.
web-leave-yes = Yes, leave
web-leave-no = No, stay

## For staff

web-staff = Sign-in for staff
web-staff-how = An administrator gives you a link. It works once, within 15 minutes. After it you will need a code from an application on your phone.
web-staff-lost = If the link is too old or your phone is a new one, ask an administrator for another.
web-staff-code = I have an invitation’s code
web-audit = Record of looks
    .number = Number of a report: its case
    .relative = Number of a report: the person whose it is
    .member = Member of staff
    .anyone = Anyone
    .first = From the day
    .last = To the day
    .show = Show
    .trust = How each account began, and since when its code works
    .file = Download as a file (CSV)
    .at = When
    .who = Who
    .what = What
    .where = Where
    .report = Report
    .times = Times
    .cases = People or cases in the list
    .rows = Entries: { $rows }, lines: { $lines }
    .nothing = There are no such entries.
web-board = Board
web-join = Add this browser
web-join-what = It will show the same conversation as your messenger. Press the button, then confirm in the chat where you got the link: “Yes, it was me”.
web-join-code = The code from the message
web-join-use = Add this browser
web-join-not = If somebody forwarded the link or the code to you, press nothing: it is fraud.
web-papers = Papers
web-papers-which = Which paper to show
web-papers-stage = Picture of the paper
web-papers-paper = Paper
web-papers-page = page
web-papers-turn = Turn
web-papers-larger = Larger
web-papers-smaller = Smaller
web-papers-before = Page before
web-papers-next = Next page
web-papers-apart = Open by itself
web-papers-close = Close
web-papers-failed = It could not be shown. Open the paper by itself.
web-board-nothing = Nothing waits here.
web-board-filters = What to show
web-board-pages = Pages
web-board-page = Page { $page } of { $pages }
web-board-before = Previous
web-board-after = Next
web-board-sheets = Day sheets
web-board-empty = Nothing waits at present.
web-board-code = The board opens once you enter the code.

web-invite = Invitation
web-invite-what = Press the button to use the invitation. It works only once.
web-invite-code = The invitation’s code (the part of the link after #)
web-invite-word = The word that you were told, if you were told one
web-invite-use = Use the invitation

web-enrol = Code from an application
web-enrol-why = Signing in takes a second key: an application that shows a new code every half minute. Without it your link gives nobody access.
web-enrol-app = Any application for one-time codes will do, such as Aegis, FreeOTP, Google Authenticator, or the one that is on your phone already.
web-enrol-show = Show the key
web-enrol-scan = Open the application and point the camera at this picture.
web-enrol-qr = QR code with the key for the application
web-enrol-type = Without a camera, type this key into the application:
web-enrol-here = The application is on this same device
web-enrol-once = The key is shown only now. If you close the page too early, ask for a new link.
web-enrol-shown = The key was shown already. If the application has it, enter the code. If not, ask an administrator for a new link.
web-enrol-name = Your surname and first name, for example: Koval Olena. Staff to whom you propose changes, or whose changes you sign, see them.
web-enrol-known = You have a key in your application already. Enter the code that it shows.

web-factor-code = Six digits from the application
web-factor-send = Confirm
web-factor-again = To go on, enter the code from the application. In this browser it is enough for 12 hours. What you began stays and goes on after the code.

## When something is wrong

web-problem = That did not work
web-problem-home = Back to the beginning
web-error-away = The service is coming back. Wait some seconds and try again: nothing that you wrote before is lost.
web-error-not-recorded = Who looks at families’ data cannot be recorded now, so none of it opens. Please turn to an administrator.
web-error-busy = Many files are being sent just now. Please try again in a minute.
web-error-empty = The message is empty. Write something, or press a button.
web-error-enrol-first = First enter the code from the application.
web-error-factor-first = First enter the code from the application: its place is above the field to write in. What you asked for goes on after it.
web-error-factor-known = There is a second key already. Enter the code from the application, or ask for an invitation that gives a new key.
web-error-factor-none = First add the key to the application, then enter the code.
web-error-factor-too-often = Too many wrong codes. Try again in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
web-error-factor-wrong = This code does not fit: it is wrong, or was used already. Wait for the next one in the application, and check that the time on the phone is right.
web-error-invite-over = This invitation was used already, or its time is over. Ask an administrator for a new one.
web-error-line-lost = The line broke, and the file did not arrive whole. Please send it again.
web-error-own-name = Write your surname and first name, for example: Koval Olena.
web-error-no-file = No file was chosen. Choose a photo or a PDF and send it.
web-error-no-session = There is no conversation of yours on this device, or it has ended. Begin it from the main page.
web-error-unreadable = This file is saved, but it does not open now. Please call the center, or send it once more.
web-error-no-such-file = There is no such file here.
web-error-no-such-page = There is no such page. Check the address, or go back to the beginning.
web-error-not-from-here = To keep you safe we take only what is sent from our own page. Open it again and repeat.
web-error-not-json = JSON is expected, with the header Content-Type: application/json.
web-error-not-multipart = A multipart/form-data form with files is expected.
web-error-not-staff = This is for the staff of the centers only.
web-error-not-valid = The request is not as /api/openapi.json describes it.
web-error-not-yours = There is no access here.
web-error-ours = It is our fault. Try again in a minute; what came before is kept.
web-error-secret-shown = The key is shown only once, and it has been shown. Enter the code, or ask for a new invitation.
web-error-too-long = The message is too long: we take up to 10,000 characters. Split it into several.
web-error-too-many-at-once = Up to { $most } files can be sent at a time. Send the others in the next message.
web-error-too-many-bytes = There is no room left for your files. Bring the others to an appointment, or tell the staff of the center about them.
web-error-too-many-files = You have sent a great many files within a day. The others can be sent tomorrow, or brought to an appointment.
web-error-too-many-invitations = Too many attempts. Wait some minutes.
web-error-too-many-messages = Too many messages within a minute. Wait a little and send it again.
web-error-too-many-sessions = A great many conversations were begun from your network. Please try again in some minutes.
web-error-too-many-streams = This conversation is open in many windows. Close those that you do not need.

## What we keep

web-privacy = What we keep, and your rights
web-privacy-who = Who we are
web-privacy-who-text = Zviazok is run by the support centers for families of prisoners of war and of the missing. The center of your region answers for what is in your report; you see its name and phone in the conversation when you press “Talk to a person”.
web-privacy-what = What we keep
web-privacy-what-text = What you have told us yourself: your name, phone and region, how you are related to the missing person, what is known of them, your papers, photos and messages. Also your appointments, and what we answered. Where a photo was taken, and anything else hidden in it, we do not keep. Recordings of voice and video are kept as you sent them.
web-privacy-why = What for
web-privacy-why-text = To search, to verify kinship, to book your appointments and to tell you what is verified. The basis is your consent. It serves nothing else: we do not sell it, publish it or show advertisements.
web-privacy-seen = Who sees it
web-privacy-seen-text = Only the staff of the center who work on your case; every look is recorded. Other relatives of the same person see neither what you told nor that you came to us.
web-privacy-given = Whom we give it to
web-privacy-given-text = Only the institutions that you allowed in the conversation, and only for the search. You can change that at any time.
web-privacy-long = How long
web-privacy-long-text = While the search lasts, and three years after that. A conversation in which you did not agree goes with its session. A session on this device ends when the page has not been opened for 30 days.
web-privacy-where = Where and how
web-privacy-where-text = On the center’s servers, encrypted; the key lies apart from the data. The page loads nothing from other sites and tells nobody that you were here.
web-privacy-rights = Your rights
web-privacy-rights-text = You can see and correct your answers at any time, withdraw your consent and have everything erased: “Settings”, then “Erase my data”. For 7 days this can be taken back. Complaints go to the Ukrainian Parliament Commissioner for Human Rights: 0 800 50 17 20.
web-privacy-device = What stays on this device
web-privacy-device-text = One cookie with a random sign by which the page knows you, messages that are not sent yet, until they arrive, and what you have begun to write and not sent: it waits for a day. “Leave” wipes all of it.
