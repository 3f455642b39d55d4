# What was typed could not be taken: what is the matter, and what to write now.

## Names

unclear-name = A name is needed here. Please write it in letters, for example: Petrenko Ivan Mykolaiovych.
unclear-name-command = This looks like a command, and a name is needed now. Please write it, for example: Petrenko Ivan Mykolaiovych.
unclear-name-digits = There are digits in this name. Please write the name only, for example: Petrenko Ivan Mykolaiovych.
unclear-name-letters = There are signs here that names do not have. Please write letters only, for example: Petrenko Ivan Mykolaiovych.
unclear-name-short = One letter is not enough. Please write the whole name, for example: Petrenko Ivan Mykolaiovych.
unclear-name-long = This is too long for a name: up to { $limit } characters fit. Please write only the surname, first name and patronymic. There will be room for the rest later.
unclear-name-parts = There are more words here than a name has (up to { $most }). Please write only the surname, first name and patronymic. There will be room for the rest later.

doubt-name-none = We see no name here. Please write the surname, first name and patronymic, for example: Petrenko Ivan Mykolaiovych.
    .name = It is a name: { $value }
doubt-name = We are not sure that we have read the name right. Choose it, or write only the surname, first name and patronymic.
    .name = { $value }
doubt-name-word = So far we have: { $typed }. Please write it in full: surname, first name and patronymic. If you do not know some of it, that is all right.
    .alone = I don’t know, keep it so: { $value }
    .alone-also = i don’t know; i do not know; keep it so; don’t know; yes
    .name = It is a name: { $value }
doubt-name-two = There are several people here, and each needs a report of their own. Choose whom this one is about, or write one name.
    .name = { $value }
doubt-name-form = Please write the name as it stands in the documents: who is it? For example: Petrenko Ivan Mykolaiovych.
    .name = So it is in the documents: { $value }
    .name-also = yes; keep it so

## Phones

unclear-phone = There seems to be no phone number here. Please write it in digits, for example: 067 123 45 67. If it is a foreign number, begin with a plus: +48 600 100 200.
unclear-phone-short = Some digits of this number are missing. Please write all of it, for example: 067 123 45 67.
unclear-phone-short-abroad = Some digits of this number are missing. Please write all of it with the country code, for example: +48 600 100 200.
unclear-phone-long = This number has too many digits. Please check it and write it again, for example: 067 123 45 67.
unclear-phone-plus = These digits do not show which country the number is in. If it is a foreign one, begin with a plus and the country code: +48 600 100 200. Write a Ukrainian one like this: 067 123 45 67.
doubt-phone-two = There is more than one number here. Choose the one we should phone, or write it again.
    .this = { $value }
unclear-phone-two = There is more than one number here. Please write the one where it is easiest to reach you.
unclear-phone-country = There is no such country code. Please check the digits after the plus, for example: +48 600 100 200.
unclear-phone-impossible = No phone number has this code. Please check the digits and write it again, for example: 067 123 45 67.

## Days

unclear-day = The date is not clear. Please write it like this: 12.03.1990. If the day is not known, the month and year (March 1990) or the year alone will do.
unclear-day-vague = These words do not tell the day. Please write the date like this: 12.03.2022. If the day is not known, the month and year (March 2022) or the year alone will do.
unclear-day-year = The year is missing. Please write the date with a four-digit year, for example: 12.03.1990 or March 1990.
unclear-day-impossible = The calendar has no such day. Please check the day and the month and write the date again, for example: 12.03.1990.
unclear-day-future = This day has not come yet. Please check the year and write the date again, for example: 12.03.1990.
unclear-day-too-old = This date is too long ago: it must not be before { $earliest }. Please check the year and write the date again.
unclear-day-age = This looks like an age, and a date is needed. Please write it like this: 12.03.1990. If the day is not known, the year of birth will do.
unclear-loss = We could not tell which day that is. Please write the date like this: 5.03.2025. If the day is not known, the month and year (March 2025) or the year alone will do.
unclear-loss-impossible = There is no such day in the calendar. Please check the day and month and write the date again, for example: 5.03.2025.
unclear-loss-future = That day has not come yet. Please check the year and write the date again, for example: 5.03.2025.
doubt-day = Which day do you mean? Choose it, or write the date, for example: 5.03.2025.
    .this = { $value }
doubt-day-year = Two digits of a year do not tell the century. Choose the date, or write the year in full, for example: 12.03.1990.
    .this = { $value }

## Moments

unclear-moment = The time is not clear. Please write it like this: tomorrow 10:30, or 25.11 14:00.
unclear-moment-past = A time in the future is needed, within three months. Please write it like this: tomorrow 10:30.

## Words

unclear-text-empty = There are no words here. Please write the answer in words.
unclear-text-words = There are only signs here. Please write the answer in words.
unclear-text-long = { $limit } characters fit at a time, and this is { $length }. Please send the text in parts or make it shorter.

## Codes and numbers

unclear-number = A report number has eight digits. Please write it like this: 1234-5678.
unclear-number-length =
    { $digits ->
        [one] A report number has eight digits, and there is { $digits } here. Please check it and write it like this: 1234-5678.
       *[other] A report number has eight digits, and there are { $digits } here. Please check it and write it like this: 1234-5678.
    }
unclear-number-mistyped = There is no such number: a digit is wrong, or two have changed places. Please compare it with the message that brought it and write it again.

## Clocks abroad

unclear-zone = We could not tell what time it is where you live. Write the country or the nearest large city, for example: Prague. Or the difference from Greenwich, for example: +2.
unclear-zone-several = This country has several time zones. Please write the nearest large city, for example: Toronto. Or the difference from Greenwich, for example: -5.
