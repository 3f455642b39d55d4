# The card for printing: a report's number on paper. No name, and no word of what the report is about.

card = A card to print
    .number = Report number
    .call = Call
    .hours = Mon–Fri, { $opens }–{ $closes } Kyiv time
    .page = Our page
card-what = Your report's number, the center's telephone if it has one, and the address of our page on paper the size of a postcard. Carry it with you in case your phone runs down or is lost. There are no names on it.
card-none = There is no report yet. The card is here once you have reported a missing person.
card-how = Call and give this number: the center finds your report, makes sure that it is you, and helps without the internet.
card-how-page = Give this number at the center, or write it on our page: they find your report, make sure that it is you, and help.
