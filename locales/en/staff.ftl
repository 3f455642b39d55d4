# Staff: commands, roles, invitations; centers and lines; the record of looks.

staff-menu = Work. Choose an action, or write a command, for example: /case 1234-5678.
    .queue = Queue
    .find = Find a report
    .walkin = Serve a visitor
    .visitor = Back to the visitor
    .case = Open a case
    .take = Take a case
    .note = Add a note
    .call = Call a family
    .voice = Only by a human voice
    .minor = Not 18 yet
    .correspondence = Correspondence
    .release = Let news of a release go
    .amend = Correct an update
    .recall = Stop an update
    .contact = Contact with relatives
    .checked = Note whom we asked
    .inquiry = Ask an office
    .inquiries = Inquiries of the center
    .term = Terms by law
    .ended = End of the search
    .hold = Legal hold
    .rejoin = Give a family its chat back
    .thaw = Open a family’s chats again
    .details = Write down details told by the family
    .join = Join reports
    .part = Part reports
    .doubtful = Check earlier reports
    .kinship = Kinship
    .update = Write an update
    .approve = Approve an update
    .proposals = Sign second
    .invitation = Invite to the center
    .day = Appointments of a day
    .attend = Mark an appointment
    .door = Code at the door
    .confirm = Confirm a visit
    .absent = A specialist is away
    .length = Length of a meeting
    .staff = Staff
    .center = Center
    .phone = Phone of a center
    .line = Telephone line
    .step = Steps for families
    .canned = Canned texts
    .paper = Papers on kinship
    .structure = Services of specialists
    .promise = What the center promises
    .minutes = What the work takes
    .lead = Who answers the relative
    .sighting = Somebody saw them, or a video
    .costs = Costs of Viber
    .outages = Outages
    .audit = Record of looks
    .myname = My name for families
    .link = Add a chat or browser
    .help = Help
    .label = Staff menu

help = Commands
    .queue = whom to call, whose papers to look at
    .find = search by name, phone or number
    .walkin = register and book for whoever came or called
    .case = the whole card of a case; /case 1234-5678
    .take = from now on the case is yours
    .note = a note for colleagues
    .call = the family’s phone, and what came of the call
    .voice = write nothing about the search to the relatives, call instead
    .minor = not 18 yet: nothing of the search is told to them alone
    .correspondence = who has written to the center and waits for an answer
    .release = send news of a release without waiting for a call
    .amend = correct or withdraw an update that was sent
    .recall = stop an approved update before it goes
    .contact = which relatives have not heard from us for long, and why
    .checked = note whom you asked about which cases, and the answer
    .inquiry = ask an office about a case: a letter, and by when it answers
    .inquiries = which inquiries wait, and who answers late
    .term = by which law and within how many days an office answers
    .ended = the search is over, or goes on again
    .hold = erase nothing of a case while a written demand is in force
    .rejoin = a new chat instead of a lost one, after a talk with the family
    .thaw = open the chats of a family that stopped a new one
    .details = the second part of a report, told by phone
    .join = two reports of the same person
    .part = give a report back to a case of its own
    .doubtful = reports whose name, phone or place may have been misread
    .kinship = papers and the decision on kinship
    .update = a verified update for the family
    .approve = the second signature on an update
    .proposals = what waits for a second signature
    .invitation = invite a family to the center
    .day = who comes today
    .attend = who came
    .door = the code that a family shows at the door
    .confirm = confirm a visit, so that the family sees the address
    .absent = a specialist is ill: whom it touches
    .length = how long a meeting with you lasts
    .staff = add staff, reset a code, end access
    .center = phone, address, hours, regions of a center
    .phone = your center’s phone and address: new, or taken away
    .line = the number of a telephone line
    .step = what a family has to do: new steps, other texts
    .canned = texts that families are answered with
    .paper = which papers show kinship
    .structure = whom specialists come from: names, what to bring
    .sighting = what relatives told: somebody saw, a video; take and answer
    .lead = give a relative to another member
    .promise = how often the center promises to be in touch, and its cost
    .minutes = how long each kind of work takes, and if the hours are enough
    .costs = what messages on Viber cost
    .outages = when a channel was silent, and who is asked to write again
    .audit = who looked at what
    .myname = whether families whose case you lead see your first name
    .link = the same member in a second chat or browser
    .help = this help
help-head = Your role: { $role }. What you can do:
help-line = { $command }: { $what }
help-relative = Write in plain words or press buttons. Commands: /menu, to the start; /register, report a person; /reports, your reports; /human, talk to a person; /link, add another chat.

staff-on-page = This opens on the page: { $link } The conversation waits there at this very point.
thread-fetched = A family’s data stood here. It is shown only while you work with it; to see it again, open the case once more.
staff-decides-on-page = This is decided on the page, where all that it needs can be seen: { $link }
staff-not-kept = What you wrote here was not kept.
staff-own-center-only = A head manages the operators, specialists and verifiers of the own center only. Please turn to an administrator.
staff-unknown = There is no such member of staff, or their access has ended already.
staff-not-oneself = You cannot end your own access. Ask another administrator.
staff-last-administrator = This is the last administrator. Add another first, or nobody can let new staff in.
erase-not-staff = This is a staff account. An administrator ends its access.

role = Which role?
    .operator = operator of a center
    .specialist = specialist
    .verifier = verifier
    .head = head of a center
    .administrator = administrator
    .auditor = auditor
    .label = Role
    .why = An operator answers and calls; a specialist sees families and writes updates; a verifier decides on kinship; an administrator manages staff and centers and reads no cases; an auditor reads the record of looks.
structure = From which service?
    .label = Service
which-center = Which center?
    .new = A new center
    .label = Center

staff = What shall we do?
    .add = Add a member of staff
    .invite = Give a new link to sign in
    .reset = Reset the code from the app
    .vouch = Answer for whose account it is
    .deactivate = End access
    .menu = Back to the menu
    .label = Staff
staff-line = { $name } · { $role } · { $center } · { $state }
member-name = What is the new member’s name?
    .label = Name
    .hint = Family name and first name, for example: Коваль Олена.
member = Who exactly?
    .label = Member of staff
staff-member = Member of staff
    .one = { $name }, { $role }
    .everywhere = all centers
    .here = at work
    .invited = has not signed in yet
    .left = access ended
deactivate-sure = End access: { $whom }? All sessions and chats of this member close at once.
    .yes = Yes, end it
    .no = No
    .label = Ending access
staff-invited-done = { $name }: a link to sign in, good for 15 minutes, once: { $link } The code from the app will be asked for. Hand it over in person.
staff-ended = Your access as a member of staff has ended. Nothing of the work opens in this chat any more.
staff-deactivated = { $name }: access has ended, sessions are closed.

center-now = { $center }: phone { $phone }, { $opens } to { $closes }. Regions: { $regions }, of them not yet confirmed: { $proposed }.
center-abroad = It answers for families abroad as well.
center-what = What shall we change?
    .phone = Phone
    .address = Address
    .place = Place on the map
    .hours = Hours
    .confirm = Confirm regions
    .region = Move a region here
    .menu = Nothing
    .label = Change
center-phone = Write the center’s phone.
    .hide = Take the phone away now
    .label = Phone
center-address = Write the center’s address.
    .hide = Take the address away now
    .label = Address
    .hint = If the center’s address is not public, only those whose visit is confirmed will see it.
center-place = Send the center’s place on the map, or write its coordinates, for example: 49.8123, 24.0198.
    .label = Place on the map
    .hint = Families who book a visit get it together with the address. Mark the very entrance.
unclear-point = Write the coordinates as maps show them, for example: 49.8123, 24.0198.
center-place-not-public = The place of this center is not published, so it is not kept here either.
center-hours = Write the opening hours.
    .label = Hours
    .hint = For example: 10:00-17:00.
center-region = Which region? Write its name, or “abroad”.
    .label = Region
center-since = From which day does this center answer for the region?
    .label = From which day
center-confirm = For which of these regions does the center really answer? Mark them and press “Done”.
    .label = Regions
center-done = Changed: { $center }.
phone-confirmed = { $center }: families now see the phone { $phone }.
center-changed = What changed
    .hours = Hours: they were { $before }, now { $after }.
    .region = { $region }: this center answers from { $since }.
    .regions = Regions: { $before } before, now { $after }.
    .proposed = Regions not confirmed: { $before } before, now { $after }.
    .confirmed = Confirmed: { $region }.
which-line = Which line?
    .new = A new line
    .label = Line
line-phone = Write the new number.
    .end = The line is no more
    .label = Number
line-done = Changed:

myname-hidden = Families do not see your name: only the center that answers for the report.
myname-shown = The families whose cases you lead see in “My reports”: { $name }, and your structure if you come from one.
myname = Show families your first name?
    .show = Show it
    .change = Change the name
    .hide = Show it no longer
    .menu = Leave it as it is
    .label = Name for families
    .why = It is easier for families when they know who leads the case. Only you decide this: without your consent they see the center alone, and you can take the consent back at any time.
first-name = Which name shall they see? The first name only, no surname.
    .label = Name for families
    .hint = One word, for example: Maria.
unclear-first-name = One word is needed, the first name alone, for example: Maria.
myname-shown-done = From now on the families whose cases you lead see your name: { $name }. You can take the consent back in the same place; it ends at once.
myname-hidden-done = From now on families do not see your name.
unclear-hours = Write the hours like this: 10:00-17:00.

audit-of = Which record shall we show? Write a report’s number, or choose everything.
    .all = Everything
    .all-also = all
    .label = Record
audit-head = { $count ->
        [0] There are no entries.
        [one] { $count } entry. The newest first:
       *[other] { $count } entries. The newest first:
    }
audit-line = { $at } · { $who } · { $what } · { $number }
audit-what = { $what ->
        [case] case opened
        [report] report looked at
        [queue] queue looked at
        [at-hand] looked at a list of cases to choose from
        [doubtful] looked at reports that may have been misread
        [search] search
        [call] call card opened
        [call-reached] call: talked
        [call-no-answer] call: no answer
        [look-reason-family-here] reason of a look: the family is at the center
        [look-reason-family-calls] reason of a look: the family is calling or writing
        [look-reason-task] reason of a look: the queue
        [look-reason-colleague] reason of a look: a colleague asks
        [over-budget] unusually many looks, the head and the auditor were told
        [call-again] call: asked for later
        [kinship] papers opened
        [kinship-verified] kinship confirmed
        [kinship-refused] kinship not confirmed
        [kinship-more-asked] papers asked for
        [kinship-revoked] confirmation withdrawn
        [papers] papers added
        [file] file opened
        [take] looked at before taking
        [voice] only by a human voice
        [voice-ended] may be written to again
        [minor] looked whether the relative is 18
        [minor-said] the relative says that they are not 18 yet
        [minor-marked] marked: not 18 yet
        [minor-confirmed] mark “not 18 yet” agreed to
        [minor-lifted] mark “not 18 yet” lifted
        [taken] case taken
        [note] note
        [join] reports compared
        [joined] joined
        [kept-apart] found to be two persons
        [part] looked at before parting
        [parted] parted
        [details] details written down
        [corrected] answer corrected
        [linked] chat or browser added
        [rejoin] opened to give the chat back
        [rejoined] the family has its chat back
        [audit] record looked at
        [backup] a copy of the data was made
        [restored] the data came back from a copy
        [staff-added] member of staff added
        [staff-invited] a link to sign in was given
        [staff-reset] code of a member reset
        [staff-deactivated] access of a member ended
        [proposed-member] proposed: a new member of staff
        [proposed-reset] proposed: the reset of a code
        [proposed-vouch] proposed: an answer for a member
        [proposed-deactivate] proposed: the end of an administrator’s access
        [proposed-phone] proposed: a center’s phone
        [proposed-address] proposed: a center’s address
        [proposed-number] proposed: a line’s number
        [proposed-line] proposed: a new line
        [proposed-center] proposed: a new center
        [proposed-entry] proposed: a text for families
        [signed-member] signed second: a new member of staff
        [signed-reset] signed second: the reset of a code
        [signed-vouch] signed second: an answer for a member
        [signed-deactivate] signed second: the end of an administrator’s access
        [signed-phone] signed second: a center’s phone
        [signed-address] signed second: a center’s address
        [signed-number] signed second: a line’s number
        [signed-line] signed second: a new line
        [signed-center] signed second: a new center
        [signed-entry] signed second: a text for families
        [refused-member] refused: a new member of staff
        [refused-reset] refused: the reset of a code
        [refused-vouch] refused: an answer for a member
        [refused-deactivate] refused: the end of an administrator’s access
        [refused-phone] refused: a center’s phone
        [refused-address] refused: a center’s address
        [refused-number] refused: a line’s number
        [refused-line] refused: a new line
        [refused-center] refused: a new center
        [refused-entry] refused: a text for families
        [stopped-member] stopped: a new member of staff
        [stopped-reset] stopped: the reset of a code
        [stopped-vouch] stopped: an answer for a member
        [stopped-deactivate] stopped: the end of an administrator’s access
        [stopped-phone] stopped: a center’s phone
        [stopped-address] stopped: a center’s address
        [stopped-number] stopped: a line’s number
        [stopped-line] stopped: a new line
        [stopped-center] stopped: a new center
        [stopped-entry] stopped: a text for families
        [proposed-rejoin] proposed: a family’s new chat
        [proposed-thaw] proposed: a family’s chats open again
        [signed-rejoin] signed second: a family’s new chat
        [signed-thaw] signed second: a family’s chats open again
        [refused-rejoin] refused: a family’s new chat
        [refused-thaw] refused: a family’s chats open again
        [stopped-rejoin] stopped: a family’s new chat
        [stopped-thaw] stopped: a family’s chats open again
        [proposed-end-search] proposed: the end of a search
        [proposed-hold] proposed: a legal hold
        [proposed-release-hold] proposed: the end of a legal hold
        [signed-end-search] signed second: the end of a search
        [signed-hold] signed second: a legal hold
        [signed-release-hold] signed second: the end of a legal hold
        [refused-end-search] refused: the end of a search
        [refused-hold] refused: a legal hold
        [refused-release-hold] refused: the end of a legal hold
        [stopped-end-search] stopped: the end of a search
        [stopped-hold] stopped: a legal hold
        [stopped-release-hold] stopped: the end of a legal hold
        [ending] looked at the end of a search and a legal hold
        [search-ended] search ended
        [search-again] search opened again
        [held] legal hold began
        [hold-released] legal hold ended
        [still-held] legal hold looked at: still in force
        [thawed] opened a family’s chats again
        [proposal] read a change before signing
        [staff-vouched] answered for a member of staff
        [withheld-phone] took a center’s phone away
        [withheld-address] took a center’s address away
        [center] center’s data changed
        [phone-confirmed] center’s phone confirmed
        [line] number of a line changed
        [center-new] added a center
        [line-ended] ended a line
        [line-new] added a line
        [line-confirmed] confirmed a line’s number
        [step-kept] changed a step
        [step-ended] ended a step
        [canned-kept] changed a canned text
        [canned-ended] ended a canned text
        [paper-kept] changed a paper
        [paper-ended] ended a paper
        [structure-kept] changed a service
        [quarantine-opened] opened a message that could not be dealt with
        [quarantine-replayed] dealt with a message that had failed before
        [structure-ended] ended a service
        [name-shown] first name shown to families
        [name-hidden] first name no longer shown to families
        [update] update opened
        [update-written] update written
        [update-signed] update signed
        [update-approved] update approved
        [update-released] update released to the family
        [update-recalled] update stopped before it left
        [release-let-go] news of a release let go without a call
        [held-for] looked at what is held until a call
        [released-updates] looked at released updates
        [update-sent-back] update sent back
        [invitation] invitation to the center
        [day] appointments of a day looked at
        [door] looked at who came
        [visitor] opened a visitor’s case
        [board-queue] looked at the queue on the board
        [board-day] looked at the day on the board
        [board-confirm] looked at visits to be confirmed
        [board-crisis] looked at urgent calls
        [correspondence] opened a correspondence
        [correspondences] looked at who waits for an answer
        [board-correspondence] looked at who waits for an answer on the board
        [correspondence-answered] answered a family
        [correspondence-handed-on] handed a correspondence on
        [correspondence-closed] closed a correspondence
        [contact] looked at which relatives have not heard from the center
        [board-contact] looked at contact with relatives on the board
        [promise] set how often to be in touch with relatives
        [minutes] set what the work takes
        [audit-export] took the record as a file
        [open-proposal] opened a proposal that waits for a second person
        [how-spoken-to] looked at how a family is spoken to
       *[other] { $what }
    }
audit-times = { $count ->
        [one] { $count } time within that hour
       *[other] { $count } times within that hour
    }
audit-from = From which line shall the record be shown?
    .label = Line
audit-next = What next? By member, family and days, and as a file: on the page of the record, address /audit.
    .earlier = Earlier
    .later = Later
    .menu = Enough
    .label = Next
