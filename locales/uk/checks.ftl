# Що центр запитав про справу і що рідні про це читають: «новин поки немає», лише з того, про що справді питали.

## Працівник записує

checked-cases = Про які справи питали? Номери звернень можна вставити списком, до 300.
    .label = Справи
    .hint = Наприклад: 1234-5676 2345-6787. Між номерами пробіл, кома або новий рядок.
checked-begin = { $cases ->
        [one] { $cases } справа
        [few] { $cases } справи
       *[many] { $cases } справ
    }, рідних із перевіреним родинним зв’язком: { $relatives }.{ $voice ->
        [0] {""}
       *[other] {" "}Лише живим голосом: { $voice }. Рідним у цих справах нічого не напишемо.
    }
checked-again-body = Знову питаємо: { $body }.
checked-body = Кого питали?
    .label = Кого питали
    .why = Рідні прочитають, кого саме ви запитали.
checked-on = Якого дня питали?
    .never = Без дня
    .label = День
    .hint = Наприклад: 20.11.2026. Не давніше ніж 30 днів тому.
checked-answer = Що відповіли?
    .nothing-new = Нічого нового
    .unanswered = Ще не відповіли
    .something = Є щось нове
    .label = Відповідь
    .why = Якщо є щось нове, про це двоє пишуть повідомлення або каже людина. Словами «новин немає» це не стане ніколи.
checked-again = Коли запитаєте знову? Цей день прочитають рідні.
    .never = Не називати дня
    .label = Знову запитаємо
    .hint = Наприклад: 17.12.2026. Не пізніше ніж за 90 днів.
checked-words = Додати щось своїми словами? Тоді спершу має підписати друга людина.
    .without = Без своїх слів
    .label = Своїми словами
    .hint = До 500 знаків, українською. Про найтяжче не пишуть ніколи.
checked-now = Коли сказати рідним?
    .yes = Відразу
    .no = Коли настане обіцяний їм строк
    .label = Коли сказати
checked-done = Записано: { $cases ->
        [one] { $cases } справа
        [few] { $cases } справи
       *[many] { $cases } справ
    }.
checked-told = Рідних, яким про це написано: { $relatives }. Решту, кому писати не можна чи ще немає про що, не турбуємо.
checked-when-due = Кожному з рідних про це напишемо перед тим, як спливе обіцяний йому строк.
checked-something = Про це рідним нічого не написано. Напишіть повідомлення (/update { $number }) або запросіть на розмову (/invitation { $number }).
checked-body-gone = Цієї установи у списку вже немає. Оберіть іншу.
checked-asked-already = Про цей список уже питали знову, або жодну з його справ більше не шукають у вашому центрі.
unclear-checked-numbers = «{ $part }»: це не номер звернення. Перевірте цифри й надішліть список ще раз.
unclear-checked-many = Тут підходить від одного до { $most } номерів.
unclear-checked-on = Тут підходить день, не пізніший за сьогодні й не давніший за { $days } днів. Давніша відповідь уже не каже, що відомо нині.
unclear-checked-again = Тут підходить день після сьогоднішнього, не пізніше ніж за { $days } днів.
unclear-coming-day = Тут потрібен день після сьогоднішнього, не пізніше ніж за { $days } днів. Наприклад: 17.12.2026.
checks-board = Запитати знову: так обіцяно рідним
    .one = { $body }: { $on }.{ $late ->
        [yes] {" "}Цей день уже минув.
       *[no] {""}
    }
    .again = Записати відповідь
checks-cases = { $cases ->
        [one] { $cases } справа
        [few] { $cases } справи
       *[many] { $cases } справ
    }
proposal-check = Звернення { $number }. Питали: { $body }, { $on }. Відповідь: нічого нового. Рідні прочитають це разом зі словами:
proposal-check-words = «{ $words }»

## Родич читає

# unsigned: not yet read by a psychologist and by families
no-news = Ми написали вам, кого питали за цей час. Натисніть, щоб прочитати.
    .read = Прочитати
    .read-also = читати; прочитать; читать; прочесть; відкрити; открыть
# unsigned: not yet read by a psychologist and by families
no-news-head = Звернення { $number }. Новин поки немає, але ми питали.
# unsigned: not yet read by a psychologist and by families
no-news-since = Востаннє ми озивалися до вас { WHEN($since, case: "on") }. Відтоді питали:
# unsigned: not yet read by a psychologist and by families
no-news-first = Ви звернулися до нас { WHEN($since, case: "on") }. Відтоді ми питали:
# unsigned: not yet read by a psychologist and by families
no-news-asked = { $body }, { $on }: { $answer }.
# unsigned: not yet read by a psychologist and by families
no-news-answer = Що відповіли
    .nothing-new = нічого нового
    .unanswered = відповіді ще немає
    .something = про це скаже людина
# unsigned: not yet read by a psychologist and by families
no-news-words = { $words }
# unsigned: not yet read by a psychologist and by families
no-news-words-uk = { $words }
# unsigned: not yet read by a psychologist and by families
no-news-again = Знову запитаємо { $on }.
# unsigned: not yet read by a psychologist and by families
no-news-over = Цього повідомлення вже не прочитати. Якщо маєте запитання, оберіть «Поговорити з людиною».
read-word = Яке повідомлення?
    .label = Повідомлення
