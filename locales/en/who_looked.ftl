# Who looked at a case: for relatives, by role and month.

looked-begin = Which staff looked at the case of report { $number }:
looked-month = { $month }: { $who }
looked-also = { $said }, { $also }
looked-how = Each look is recorded. They are shown without names and two weeks later. What the law keeps secret is not here.
looked-none = Nothing to show here yet: looks appear after two weeks. If you want to ask about the case, talk to a person.
looked-held = A person from the center will tell you about this.
looked-next = What next?
    .human = Talk to a person
    .menu = Back to the menu
    .label = Next
