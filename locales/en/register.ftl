register-begin = A few questions, and we will register your report. The rest can be told later. If you make a mistake somewhere, it is easy to correct.
kinship = Who are you to the person you want to report?
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
    .other-relative-also = aunt; uncle; cousin; niece; nephew; relative; grandson; granddaughter
    .close = Someone close, not a relative
    .close-also = friend; partner; fiancée; fiance; fiancé; girlfriend; boyfriend; comrade
    .label = Who you are to this person
    .why = It decides which documents are needed, whether a DNA sample is needed, and who has the right to receive news.
missing-name = What is this person’s name? Surname, first name and patronymic, as in the documents.
    .label = Who is missing
    .hint = For example: Petrenko Ivan Mykolaiovych. If you do not know the patronymic, that is all right.
    .why = The registers are searched by name. One wrong letter in a statement can hide a person from the search.
born = What is this person’s date of birth?
    .label = Date of birth
    .hint = For example: 12.03.1990. If the day is not known, the month and year or the year alone will do.
    .why = Many people share a name. The date of birth tells one from another.
own-name = And what is your name?
    .label = Your name
    .hint = Surname, first name and patronymic, as in your passport.
    .why = So that staff of the centre know whom they are speaking to and can check your documents.
phone = Which number shall we phone you on?
    .label = Your phone
    .hint = You can press the button or write the number. A foreign number is fine too, with a plus at the start.
    .why = If a message does not reach you, a person will phone. We give the number to nobody else.
region = Where does your family live now? Write the region or the town.
    .label = Where the family lives
    .abroad = Abroad
    .abroad-also = outside ukraine; in another country; not in ukraine
    .hint = For example: Kharkiv. We do not need the exact address.
    .why = It decides which centre answers for you.
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
    .why = At night, from 21:00 to 8:00 your time, we do not write.
zone-now = So it is { $now } where you are now. If that is wrong, the time can be corrected.
register-done = Your report is registered. Its number: { $number }. Please write this number down. Someone from the centre will phone you by { $by }, to check what is known and answer your questions. If someone else has already reported this person, there is nothing you need to do: your report stays yours.
registered = What would you like to do now? All of this can wait, too.
    .details = Tell more
    .papers = Send documents of kinship
    .book = Book an appointment
    .correct = Check or correct the answers
    .menu = That is all for now
    .label = Next
correct-field = What shall we correct?
    .label = What to correct
correct-done = Corrected in report { $number }.
correct-same = Nothing has changed in report { $number }.
correct-unsettles = Your kinship in report { $number } was verified by this very answer. If it is changed, someone from the centre will look at the documents again, and until then there will be no updates. If there is nothing to change, choose “Back”.
correct-unsettled = The kinship has to be checked again: the documents were compared with the former answer. The family has been told.

number = Please write the number of the report.
    .label = Report number
which-report = Which report is this about?
    .one = { $number }: { $name }
    .label = Report
reports-none = There are no reports yet.
reports-one = Report { $number } ({ $on }): { $name }. { $told ->
        [yes] You have told us details; you can add to them.
       *[no] There are no details yet: you can add them at any time.
    }
report-what = What shall we do?
    .updates = Verified updates
    .details = Tell more
    .papers = Send documents
    .correct = Correct an answer
    .menu = Return to the menu
    .label = Action

details-begin = Report { $number }: { $name }. Tell us what you know. If you would like to answer later or skip the rest, press “More”.
details-again = Report { $number }: { $name }. This is what has been told already. There is no need to repeat any of it: you can add to it, or correct any one thing.
sex = Is this person a man or a woman?
    .woman = Woman
    .man = Man
    .label = Sex
    .why = Women and men in captivity are held apart, so this narrows the search.
military = Is this person in military service?
    .yes = Yes, serving
    .no = No, a civilian
    .label = Military service
    .why = Different services search for service members and for civilians.
service = Where does this person serve?
    .armed-forces = Armed Forces
    .national-guard = National Guard
    .border-guard = State Border Guard
    .police = Police
    .emergency = State Emergency Service
    .sbu = Security Service (SBU)
    .other = Other
    .label = Where they serve
    .why = We will then invite a representative of that very service to your appointment.
unit = Which unit? Write it as you know it.
    .label = Unit
    .hint = For example: the number or the name of the brigade. Do not write this on the internet or tell it to anyone but state institutions.
    .why = The unit knows the circumstances. We keep your words encrypted: the enemy is after such information.
rank = What is the rank?
    .label = Rank
    .why = The rank helps to tell one person from another in the lists.
lost-on = When did contact break off?
    .label = When contact broke off
    .hint = The date of the last call or message, for example: 5.03.2025 or March 2025.
    .why = The date is compared with events in the unit and with lists.
lost-where = Roughly where was it? The direction of the front or the region.
    .label = Where
    .hint = For example: Donetsk region, Pokrovsk direction. We do not need coordinates or exact positions.
    .why = The direction shows whether captivity is possible and who leads the search. A more exact place could help the enemy.
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
captivity = Is there reason to think that this person is in captivity? What is it?
    .label = Whether captivity is possible
    .hint = For example: someone saw it, there was a video, a call. Anyone who shows you a photo for money is a fraudster.
    .why = Then the Joint Centre at the SBU and the Red Cross join the search.
# unsigned: not yet read by a psychologist and by families
marks = Are there any distinguishing marks: scars, tattoos, prostheses?
    .label = Distinguishing marks
    .why = Marks help to recognise a person in photos and in the lists of those released.
photo = Please send a photo in which the face can be seen well. You can send several.
    .more = { $files ->
        [one] We have { $files } photo. You can send more, or press “That is all”.
       *[other] We have { $files } photos. You can send more, or press “That is all”.
    }
    .again = { $files ->
        [one] There is { $files } photo in the report, and it stays. Send the photos that you want to add.
       *[other] There are { $files } photos in the report, and they stay. Send the photos that you want to add.
    }
    .label = Photo
    .hint = Do not post these photos in open groups.
    .why = A photo helps to recognise a person among prisoners. Here only staff of the centre can see it.
numbers = Which numbers of documents do you have already? Press whose number it is, and write it.
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
    .label = Numbers of documents
    .hint = Both at once will do, too, for example: YeRDR 12024000000000001. If there are no numbers yet, choose “More”, then “Later”.
    .why = With these numbers we will find your case at other institutions and will not ask you twice.
numbers-write = Write the number: { $of }.
numbers-more = { $count ->
        [one] { $count } number written down. Choose whose other number you have, or press “That is all”.
       *[other] { $count } numbers written down. Choose whose other number you have, or press “That is all”.
    }
share-with = To whom may we pass this on for the search? Mark them and press “Done”.
    .headquarters = Coordination Headquarters
    .nib = National Information Bureau
    .commissioner = Commissioner for Missing Persons
    .icrc = Red Cross
    .ombudsman = Commissioner for Human Rights
    .unit = Military unit
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
    .notice = 1. Recruitment centre’s notice, or no contact
    .police = 2. Statement to the police
    .extract = 3. Extract from the ЄРДР
    .dna = 4. DNA sample
    .nib = 5. National Information Bureau
    .headquarters = 6. Coordination Headquarters
    .sbu = 7. If captivity is likely: the SBU
    .icrc = 8. Red Cross and Ombudsman
    .register = 9. Extract from the missing persons register
    .benefits = 10. Payments and benefits
    .menu = Return to the menu
    .label = Step
step-notice = If there is no contact for over 3 days, ask the immediate commander, then the commander of the unit or the deputy. If it is over 10 days, ask the recruitment centre (ТЦК та СП) that called this person up. Write down whom you spoke to and when, and keep every written answer.
step-police = Make a statement to the police. There is no need to wait: any police station takes it. Bring your passport, documents of kinship (marriage certificate; birth certificates), a photo, and the notice from the recruitment centre if there is one. In the statement give the date and place, the full name and date of birth, distinguishing marks, the numbers of belongings (phone, passport), and witnesses. Check every letter of the name: a person whose name is misspelt cannot be found in the register.
step-extract = Ask the investigator for the extract from the Unified Register of Pre-trial Investigations (ЄРДР) and the notice of a victim’s rights. They are usually given within about a day.
# unsigned: not yet read by a psychologist and by families
step-dna = Give a DNA sample: it is a swab from the cheek. It is best given by parents or children; if they cannot, by sisters and brothers, grandparents, aunts and uncles. This is a usual step for families: it helps the search whatever the circumstances.
step-nib = Report to the National Information Bureau. It keeps the register of prisoners and missing people. It has bots in Telegram and Viber.
step-headquarters = Open a personal account at the Coordination Headquarters. You can sign in with BankID or Дія.Підпис. A document of kinship is needed.
step-sbu = If there are signs of captivity, turn to the Joint Centre of the Security Service (SBU).
step-icrc = Send a request to the Central Tracing Agency of the International Committee of the Red Cross, and turn to the Ukrainian Parliament Commissioner for Human Rights.
step-register = After about a month, get the extract from the Unified Register of Persons Missing under Special Circumstances. If there is a mistake in it, ask at once for a correction.
step-benefits = Families of missing people and families of prisoners have the same payments and the same place in exchanges. A status can be neither bought nor “hurried” for money: anyone who offers this is a fraudster.
