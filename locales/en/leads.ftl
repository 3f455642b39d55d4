# Who answers relatives: a person with a name, their substitute, a change that is told beforehand.

lead-who = { $name }
    .unnamed = another person from the center
lead-who-of = { $name } ({ $structure })
lead-told = Report { $number }: { $who } answers your questions from { $since } on. There is no need to tell everything again: what you wrote can be read. Write and call as before.
lead-leave-told = { $who }: away from { $first } to { $last }. On these days { $instead } answers you. Write and call as before.
standing-hours = We answer on working days from { $opens } to { $closes }.
standing-away = Until { $until } { $instead } answers you.
standing-away-anybody = Until { $until } anybody of the center answers you.
standing-lead-coming = From { $since } on { $who } answers you.
otherlead = Shall somebody else from the center answer you? You need not say why, and nobody will ask.
    .yes = Yes, somebody else
    .no = No, change nothing
    .label = Who answers
otherlead-done = All right. Now { $who } answers you. Nobody knows or sees why.
otherlead-none = We have noted it. Only one person works at the center now, so they still answer. As soon as there is somebody else, your questions go to them by themselves, and we tell you.
otherlead-nobody-yet = For now anybody of the center answers you: nobody in particular has been appointed yet.
lead-now = Report { $number }. Answers: { $lead }. Substitute: { $substitute }.
lead = Who will answer the relative?
    .one = { $name }, relatives: { $relatives }
    .label = Who answers
lead-nobody = There is nobody at the center to pass it to.
lead-given = Report { $number }: { $name } answers, from { $since } on.{ $told ->
        [true] {" "}The relative was told beforehand.
       *[false] {""}
    }
lead-not-here = Report { $number } cannot be given to that member. Please choose somebody else of the center.
take-led = Somebody else answers the relative of report { $number }. The head of the center can change that: /lead.
leads-member = center
leads-board = Who is away, and who answers instead
leads-away = { $name }: away from { $first } to { $last }.
leads-instead = Instead: { $name }. Relatives: { $count }.
leads-nobody = No substitute. Relatives: { $count }.
