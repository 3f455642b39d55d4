# Kinship: papers, decisions, what relatives hear of them.

papers-begin = Report { $number }. To confirm your kinship, these documents are needed:
papers-need = • { $paper }
papers = Send photos or a PDF of these documents. One by one is fine; if something is not at hand now, send what you have.
    .more = { $files ->
        [one] We have { $files } file. Send the next one, or press “That is all”.
       *[other] We have { $files } files. Send the next one, or press “That is all”.
    }
    .label = Documents
    .why = Only those whose kinship is confirmed receive messages about the case, so that they never reach strangers. The documents are encrypted, and each look is recorded.
    .hint = When you have sent everything, press “That is all”.
papers-words = Is there anything to explain? Write a few words, or press “Nothing to explain”.
    .none = Nothing to explain
    .none-also = no; nothing; none
    .label = Explanation
papers-done = { $files ->
        [one] We have { $files } document for report { $number }.
       *[other] We have { $files } documents for report { $number }.
    } Staff of the center will look at them, and we will write to you about the decision.
papers-done-verified = Added to report { $number }. Your kinship is confirmed already, nothing more is needed.

kinship-claim = Report { $number }. { $kinship }: { $relative }. Looking for: { $missing }, born: { $born }. State: { $state }. { $papers ->
        [0] No documents yet.
        [one] { $papers } document sent.
       *[other] { $papers } documents sent.
    }
kinship-paper = There should be: { $paper }
kinship-words = The family’s explanation: { $text }
kinship-other = In this case the documents of report { $number } are not looked at yet: { $papers }.
kinship-decided = Last decision: { $at }, { $by }.
kinship-unsettled = Changed after it was verified: { $at }. Compare the documents with what is written down now.
kinship-paper-seen = Seen when it was verified: { $paper } ({ $how })
kinship-state = Kinship
    .declared = as told, not checked
    .verified = confirmed
    .refused = not confirmed
    .more-asked = more documents asked for
    .revoked = confirmation withdrawn
    .changed = changed after it was verified, to be checked again
kinship-decision = What is the decision?
    .verified = Confirm
    .verified-also = confirmed; yes
    .still-verified = Leave it confirmed: the new documents were looked at
    .more-asked = Ask for more documents
    .refused = Do not confirm
    .revoked = Withdraw the confirmation
    .menu = Decide later
    .label = Decision
    .why = The decision is recorded with the name of whoever made it. The family gets it in plain words.
kinship-ground = Why? The family will read this.
    .names-differ = Names or dates in the documents and in the report differ
    .not-shown = The documents do not show the family tie
    .another-person = The documents are about another person
    .no-kin = By law, this tie gives no right to messages about the case
    .mistake = The former decision was the center’s mistake
    .label = Reason
papers-seen = Which documents have you seen? Mark them and press “Done”.
    .label = Seen
    .why = Kinship is verified by all the documents that prove it: you have opened them on the page, or two have seen them. If something is missing, it takes a reason and a second person. The list is kept with the decision.
kinship-shown = How were they shown to you?
    .sent = They were sent
    .brought = They were brought
    .both = Some sent, some brought
    .label = How they were shown
kinship-also-saw = Has somebody else at your center seen these documents?
    .yes = Yes, a colleague will sign
    .yes-also = yes; a colleague
    .no = No, only me
    .no-also = no; nobody; only me
    .label = Who else has seen them
    .why = Documents that were brought are to be seen by two, each by name. The colleague signs that in /proposals. If nobody else has seen them, a reason follows, which a second person signs.
kinship-less-scans = You cannot verify this alone. This kinship is proved by { $needed } documents; scans that were not sent through you and that you have opened on the page: { $scans }.
kinship-less-lacks = Not marked: { $paper }.
kinship-less-no-set = For such a kinship there is no list of documents that prove it by themselves. Two decide on it.
kinship-less = Why is this enough? Write the reason: a second person reads and signs it. The family will not see it.
    .label = Reason
    .why = The reason is kept encrypted with the decision.
    .hint = A few sentences.
kinship-takes-two = Report { $number }: these documents are not enough to verify it alone. Please open the report again: a second person signs next.
kinship-why-needed = Please write why these documents are enough.
kinship-seen-here = Report { $number }: these documents were brought to the center. Whoever has seen them there has to sign.
kinship-second = The second person who signed: { $by }.
kinship-why = Reason: { $text }
proposal-kinship = Report { $number }. Verify the kinship: { $kinship }. Seen: { $papers } ({ $how }).
proposal-kinship-lacking = Missing: { $papers }.
proposal-kinship-seen = Your signature means that you have seen these documents yourself and that they are about these people.
proposal-kinship-why = Your signature means that you have checked the reason yourself and answer for this decision. The documents: /kinship or /case.
kinship-nothing-seen = To verify, mark at least one document that you have seen.
papers-asked = Which documents are missing? Mark them and press “Done”.
    .label = Missing
unclear-paper = Please mark at least one document.
kinship-done = Recorded: { $number }, { $state }. The family has been told.
kinship-done-still = Recorded: { $number }, { $state }. Nothing has changed for the family.
kinship-unseen = Documents that were not shown to you: { $papers }. They wait in the queue.
kinship-papers-shown = How many documents did you see?
    .label = Documents shown
kinship-changed = Another member of staff has just changed the state of report { $number }. Please open it again.
kinship-own-family = This may concern your own family. Somebody else has to decide.

kinship-told-verified = Your kinship in report { $number } is confirmed. When there is a verified message about the case, you will receive it. No new documents are needed for that.
kinship-told-more-asked = We have looked at the documents for report { $number }. To confirm your kinship, this is still needed:
kinship-told-refused = We have looked at the documents for report { $number }. They do not allow us to confirm your kinship yet. The report stands, and the search goes on.
kinship-told-revoked = The confirmation of your kinship in report { $number } is withdrawn. The report stands, and the search goes on.
kinship-told-changed = The documents for report { $number } were compared with your former answer, so the kinship will be checked again. Until then there will be no updates. We will phone you by { $by }. There is no need to collect new documents now.
kinship-because = • { $what }
kinship-now = You can send other documents, bring them to an appointment, or talk to staff of the center.
kinship-next = Next
    .papers = Send documents
    .papers-also = documents
    .book = Book an appointment
    .book-also = book
    .human = Talk to a person
    .human-also = a person; person
