# What messages on Viber cost: for the head of a center and the administrator.

costs = For how many families shall we count one message a week? On Viber there are { $families } now.
    .menu = No need
    .menu-also = no; enough; menu
    .label = How many families
costs-money = { $euros }.{ $cents } EUR
costs-tariff = Viber: { $monthly } a month, and { $price } for each message that we begin more than a day after the person’s own.
costs-line = { $purpose }: { $messages } for { $amount }
costs-purpose = About what
    .reply = Answers
    .appointment = Appointments and reminders
    .update = Verified news
    .kinship = Kinship
    .call = Calls
    .work = To staff
    .urgent = Urgent, to staff
    .routine = Ordinary news
costs-used = This month { $spent } of { $budget } is spent ({ $percent }%).
costs-warning = Attention: this month { $spent } of { $budget } is spent ({ $percent }%). The rest is kept for appointments and verified news. About other things we write on another messenger, or call.
costs-no-budget = No money is set aside for Viber (VIBER_BUDGET). Whoever has not written for a day gets our messages on another messenger, or a call.
costs-none = Viber is not connected, messages cost nothing.
costs-weekly = One message a week: { $cost } a month with the monthly fee. Families: { $families }.
costs-board = Costs of Viber
    .open = In detail
unclear-families = Write the number of families, from 1 to { $most }.
