# The receipt of an erasure: what is erased, what stays, how long and why.

receipt-head = Receipt of erasure No. { $number }. Asked for on { $asked }. Day of erasure: { $on }, unless you change your mind before.
receipt-erased = Erased will be: your name, phone, chats and browsers, your reports with documents and photos, messages, calls, appointments, and the keys under which all of it is encrypted.
receipt-stays-audit = What stays is the record of which member of staff opened the case, and when. It has no names and no words. It has no end: staff are held to account by it.
receipt-stays-key = The number of the erased key and the day stay, without end: so that an old copy of the data never brings back what was erased. Whose key it was is not written down.
receipt-stays-case = If other relatives have reported the same person, their case and what the center wrote in it stay for as long as the search lasts and three years more.
receipt-stays-copies = Backup copies from before are encrypted under the same keys: with the key erased they open no more.
receipt-check = Keep this receipt: this conversation will be erased with your data. By the number the service can later confirm the day of erasure, without knowing whose data they were: /receipt { $number }
receipt-page = The same receipt for printing: { $link }
receipt-number = Which number is on the receipt of erasure?
    .hint = Twelve digits, for example 1234-5678-9012
    .label = Number of the receipt
unclear-receipt = The number of a receipt has twelve digits.
receipt-known = Receipt No. { $number }: the data were erased on { $on }. Whose they were, the service does not know.
receipt-too-often = Too many numbers within an hour. Please try again in an hour.
receipt-unknown = Nothing has been erased under receipt No. { $number }: the day has not come yet, or the wish was taken back, or there is a mistake in the number.
receipt-title = Receipt of erasure
