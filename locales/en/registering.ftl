register-begin = A few questions, and we will register your report. The rest can be told later. If you make a mistake somewhere, it is easy to correct.
kinship = How are you related to the person you are reporting?
    .mother = Mother
    .mother-also = mum; mom; i am the mother; his mother; her mother
    .father = Father
    .father-also = dad; i am the father; his father; her father
    .wife = Wife
    .wife-also = i am the wife; his wife
    .husband = Husband
    .husband-also = i am the husband; her husband
    .daughter = Daughter
    .daughter-also = i am the daughter
    .son = Son
    .son-also = i am the son
    .sister = Sister
    .sister-also = i am the sister
    .brother = Brother
    .brother-also = i am the brother
    .grandparent = Grandmother or grandfather
    .grandparent-also = grandmother; grandfather; grandma; grandpa; granny; grandparent
    .other-relative = Another relative
    .other-relative-also = aunt; uncle; cousin; niece; nephew; relative; grandson; granddaughter; cousin; nephew; niece; grandson; granddaughter; mother-in-law; father-in-law; son-in-law; daughter-in-law
    .close = Someone close, not a relative
    .close-also = friend; partner; fiancée; fiance; fiancé; girlfriend; boyfriend; comrade; fiance; fiancee; partner
    .label = Your relation
    .label-also = who you are to this person; who i am; kinship; relation
    .why = It decides which documents are needed, whether a DNA sample is needed (it is asked of every family and does not mean that anybody was found), and who has the right to receive news.
kinship-which = We understand. Which of these are you?
missing-name = What is the name of the person you are reporting? Surname, first name and patronymic, as in the documents.
    .label = Who is missing
    .label-also = name; surname; their name
    .hint = For example: Petrenko Ivan Mykolaiovych. If you do not know the patronymic, that is all right.
    .why = The registers are searched by name. One wrong letter in a statement can hide a person from the search.
born = What is the date of birth of the person you are reporting?
    .label = Date of birth
    .label-also = date; birthday; birth date
    .hint = For example: 12.03.1990. If the day is not known, the month and year or the year alone will do.
    .why = Many people share a name. The date of birth tells one from another.
own-name = And what is your name?
    .label = Your name
    .label-also = my name; my surname
    .hint = Surname, first name and patronymic, as in your passport.
    .why = So that staff of the center know whom they are speaking to and can check your documents.
phone = Which number shall we phone you on?
    .label = Your phone
    .label-also = phone; number; phone number; telephone; my phone
    .hint = Write the number, or press the button if there is one. A foreign number is fine too, with a plus at the start.
    .why = If a message does not reach you, a person will phone. We give the number to nobody else.
region = Where does your family live now? Write the region or the town, or choose the region by its first letter.
    .label = Where the family lives
    .label-also = region; town; city; address; place
    .abroad = Abroad
    .abroad-also = outside ukraine; in another country; not in ukraine
    .hint = For example: Kharkiv. We do not need the exact address.
    .why = It decides which center answers for you.
zone = What time is it where you live? We ask so as not to write to you at night.
    .warsaw = As in Warsaw, Berlin, Rome
    .london = As in London
    .athens = As in Kyiv, Bucharest
    .new-york = As in New York
    .chicago = As in Chicago
    .los-angeles = As in Los Angeles
    .jerusalem = As in Israel
    .tbilisi = As in Georgia
    .hint = If your city or country is not here, write it, for example: Prague, or Ireland. The difference from Greenwich will do, too, for example: +2.
    .label = Your time
    .why = At night, from 21:00 to 8:00 your time, we write only what cannot wait: a meeting that is near, or somebody else who asks for access to your conversation.
zone-now = So it is { $now } where you are now. If that is wrong, the time can be corrected.
register-review = This is how we understood you. Is it right?
    .send = Yes, all is right
    .send-also = yes; right; all right; ok
    .change = Correct something
    .change-also = no; wrong; not right; change; edit
    .label = Check
    .why = The report goes to the center just as it stands here. One wrong letter or digit can hide a person from the search, or you from our call.
register-done = Your report is registered. Its number: { $number }. Please write this number down. Someone from the center will phone you by { $by }, to check what is known and answer your questions. If someone else has reported the same person before, there is nothing you need to do: your report stays yours.
registered = What would you like to do now? All of this can wait, too.
    .details = Tell more
    .details-also = tell more; details
    .papers = Send documents that show kinship
    .papers-also = papers; documents
    .book = Book an appointment
    .book-also = book; appointment
    .correct = Check or correct the answers
    .correct-also = correct; fix
    .menu = That is all for now
    .menu-also = enough; menu; that is all
    .label = Next
correct-field = What shall we correct?
    .label = What to correct
correct-done = Corrected in report { $number }.
correct-same = Nothing has changed in report { $number }.
correct-unsettles = Your kinship in report { $number } was verified by this very answer. If it is changed, someone from the center will look at the documents again, and until then there will be no updates. If there is nothing to change, choose “Back”.
correct-unsettled = The kinship has to be checked again: the documents were compared with the former answer. The family has been told.

number = Please write the number of the report.
    .one = { $who }
    .label = Report number
which-report = Which report is this about?
    .one = { $number }: { $name }
    .label = Report
reports-none = There are no reports yet.
reports-one = Report { $number } ({ $on }): { $name }. { $told ->
        [yes] You have told us details; you can add to them.
       *[no] There are no details yet: you can add them at any time.
    }
# unsigned: not yet read by a psychologist and by families
standing-known = The latest verified update: { $level }, { $on }. You can read it below.
# unsigned: not yet read by a psychologist and by families
standing-unknown = There are no verified updates yet. As soon as we have something confirmed, you will hear it from us.
standing-kinship = Kinship: { $state }.
standing-state = Kinship
    .declared = written down from your words, not yet checked against documents
    .verified = verified
    .refused = these documents do not show it
    .more-asked = more documents are needed, we have written to you about them
    .revoked = no longer counts as verified
    .changed = an answer has changed, the documents will be looked at again
standing-papers = { $count ->
        [0] There are no documents from you yet.
        [one] Documents: { $count } file, { $looked ->
            [looked-at] looked at
           *[waiting] not looked at yet
        }.
       *[other] Documents: { $count } files, { $looked ->
            [looked-at] looked at
            [partly] not looked at yet: { $waiting }
           *[waiting] not looked at yet
        }.
    }
standing-center = The center that answers for the report: { $center }. { $led ->
        [named] {""}
        [yes] One member of its staff answers you.
       *[no] Nobody in particular does yet, so any operator of the center can answer you.
    }
standing-lead = { $name } answers you.
standing-lead-of = { $name } ({ $structure }) answers you.
# unsigned: not yet read by a psychologist and by families
standing-call-late = We should have called you by now, and have not done so yet. The call is not lost: it stands in the center’s queue among those that are late. We name no new day, so as not to fail you again. You need not wait: call us yourself, the phone is below, or press “Talk to a person”.
standing-call = Somebody will call you by { $by }.
standing-spoken = We last spoke with you on { $at }.
standing-visit = Your next appointment: { $at }.
report-what = What shall we do?
    .otherlead = Have somebody else answer
    .human = Talk to a person
    .updates = Verified updates
    .updates-also = updates; news
    .details = Tell more
    .details-also = tell more; details
    .papers = Send documents
    .papers-also = papers; documents
    .correct = Correct an answer
    .correct-also = correct; fix
    .told = We were told already
    .looked = Who looked at the case
    .looked-also = who looked
    .often = How you are in touch
    .menu = Return to the menu
    .menu-also = menu; back to the menu
    .label = Action

details-begin = Report { $number }: { $name }. Tell us what you know. If you would like to answer later or skip the rest, press “More”.
details-again = Report { $number }: { $name }. This is what has been told already. There is no need to repeat any of it: you can add to it, or correct any one thing.
sex = Are you reporting a man or a woman?
    .woman = Woman
    .woman-also = female; f
    .man = Man
    .man-also = male; m
    .label = Sex
    .why = Women and men in captivity are held apart, so this narrows the search.
military = { $sex ->
        [woman] Is she in military service?
        [man] Is he in military service?
       *[other] Is the person in military service?
    }
    .yes = Yes, serving
    .yes-also = yes; soldier; serves
    .no = No, a civilian
    .no-also = no; civilian
    .label = Military service
    .why = Different services search for service members and for civilians.
service = { $sex ->
        [woman] Where does she serve?
        [man] Where does he serve?
       *[other] Where does the person serve?
    }
    .armed-forces = Armed Forces
    .armed-forces-also = army; the army; the armed forces
    .national-guard = National Guard
    .national-guard-also = guard; the national guard
    .border-guard = State Border Guard
    .border-guard-also = border; border guards
    .police = Police
    .police-also = national police
    .emergency = State Emergency Service
    .emergency-also = rescuers
    .sbu = Security Service (SBU)
    .sbu-also = security service
    .other = Other
    .other-also = another
    .label = Where they serve
    .why = We will then invite a representative of that very service to your appointment.
unit = Which unit? Write it as you know it.
    .label = Unit
    .hint = For example: the number or the name of the brigade. Only staff of the center will see it here. It is better not to write about the unit on social networks and in groups.
    .why = The unit knows the circumstances. We keep your words encrypted: the enemy is after such information.
rank = What is the rank?
    .one = { $rank }
    .label = Rank
    .why = The rank helps to tell one person from another in the lists.
lost-on = When did contact break off?
    .label = When contact broke off
    .hint = The date of the last call or message, for example: 5.03.2025 or March 2025.
    .why = The date is compared with events in the unit and with lists.
lost-where = Roughly where was it? The direction of the front or the region.
    .label = Where
    .hint = For example: Donetsk region, Pokrovsk direction. We do not need coordinates or exact positions.
    .why = The direction decides who leads the search and where requests go. A more exact place could help the enemy.
# unsigned: not yet read by a psychologist and by families
circumstances = What do you know about how it happened? Write in your own words, in several messages if you like, and add photos if you have them.
    .more = { $files ->
        [0] Written down. Go on writing; photos can be added, too. When you have said everything, press “That is all”.
        [one] Written down, and { $files } file added. Go on writing, or press “That is all”.
       *[other] Written down, and { $files } files added. Go on writing, or press “That is all”.
    }
    .again = What you have told of the circumstances is kept, and it stays. What would you like to add?
    .label = Circumstances
    .hint = When you have written everything, press “That is all”.
    .why = You tell this once: from then on staff will read it here and will not ask again.
# unsigned: not yet read by a psychologist and by families
captivity = Does anything point to captivity? What is it?
    .none = No, nothing of the kind
    .none-also = no; nothing; none; i don’t know
    .label = Signs of captivity
    .hint = For example: someone saw it, there was a video, a call. Anyone who shows you a photo for money is a fraudster.
    .why = Then the Joint Center at the SBU and the Red Cross join the search.
# unsigned: not yet read by a psychologist and by families
marks = What makes { $sex ->
        [woman] her
        [man] him
       *[other] the person
    } easy to recognise in a photo or a video? For example: height, colour of the eyes, smile, tattoo.
    .none = None, or I don’t know
    .none-also = no; none; i don’t know
    .label = Marks
    .why = It is then easier to recognise a person in photos and videos from captivity and among those who came back.
photo = Please send a photo in which the face can be seen well. You can send several.
    .more = { $files ->
        [one] We have { $files } photo. You can send more, or press “That is all”.
       *[other] We have { $files } photos. You can send more, or press “That is all”.
    }
    .again = { $files ->
        [one] There is { $files } photo in the report, and it stays. Send the photos that you want to add.
       *[other] There are { $files } photos in the report, and they stay. Send the photos that you want to add.
    }
    .none = No photo
    .none-also = no; none; i have no photo
    .label = Photo
    .hint = Do not post these photos in open groups.
    .why = A photo helps to recognise a person among prisoners. Here only staff of the center can see it.
numbers = Which document numbers do you have already? Press whoever gave the number, then write it.
    .recruitment = Notice from the TCK
    .recruitment-also = tck; recruitment center; recruitment centre
    .investigation = Extract from the YeRDR
    .investigation-also = yerdr; erdr; criminal case
    .nib = Report to the NIB
    .nib-also = nib; national information bureau
    .headquarters = Coordination Headquarters
    .headquarters-also = headquarters; the headquarters
    .icrc = Red Cross
    .icrc-also = icrc
    .other = Another number
    .label = Document numbers
    .hint = Both at once will do, too, for example: YeRDR 12024000000000001. If there are no numbers yet, choose “More”, then “Later”.
    .why = With these numbers we will find your case at other institutions and will not ask you twice.
numbers-write = Write the number: { $of }.
numbers-more = { $count ->
        [one] { $count } number written down. Choose who gave you another one, or press “That is all”.
       *[other] { $count } numbers written down. Choose who gave you another one, or press “That is all”.
    }
share-with = To whom may we pass this on for the search? Mark them and press “Done”.
    .headquarters = Coordination Headquarters
    .headquarters-also = headquarters; the coordination headquarters
    .nib = National Information Bureau
    .nib-also = nib; the bureau
    .commissioner = Commissioner for Missing Persons
    .icrc = Red Cross
    .icrc-also = red cross; the red cross; icrc
    .ombudsman = Commissioner for Human Rights
    .ombudsman-also = ombudsman; the ombudsman
    .unit = Military unit
    .unit-also = unit; the unit
    .label = To whom we may pass it on
    .why = Without your permission we pass nothing to anyone.
details-review = This is what is written down. Is it right?
    .send = Yes, save
    .send-also = yes; save; ok; right
    .label = Check
    .why = You see everything together and can correct any one thing.
details-done = Saved in report { $number }. You can add to it at any time.
details-same = Nothing has changed in report { $number }. You can add to it at any time.

steps = What to do next. Choose a step to read more.
    .menu = Return to the menu
    .label = Step
