# Перевірені повідомлення у справі, коди перевірки, запрошення.

## Працівник пише

write-begin = Звернення { $number }: { $name }. { $recipients ->
        [one] Повідомлення отримає { $recipients } людина з перевіреним родинним зв’язком.
        [few] Повідомлення отримають { $recipients } людини з перевіреним родинним зв’язком.
       *[many] Повідомлення отримають { $recipients } людей з перевіреним родинним зв’язком.
    }
write-nobody = У справі за зверненням { $number } ще немає рідних із перевіреним родинним зв’язком, тож повідомлення ніхто не отримає. Спершу перевірте родинний зв’язок.
write-former = Попередній текст вам повернули. Причина: { $reason }. Ваш текст: «{ $text }».
write-former-stopped = Попередній текст зупинено до надсилання. Ваш текст: «{ $text }».
# unsigned: not yet read by a psychologist and by families
update-level = Наскільки це певно?
    .said = Зі слів людини
    .unit = Від частини
    .nib = У реєстрі НІБ
    .icrc = Підтвердив Червоний Хрест
    .released = Звільнення
    .label = Рівень
    .why = Родина читає рівень разом із текстом: вона має знати, що підтверджено, а що лише сказано.
# unsigned: not yet read by a psychologist and by families
update-subject = Про що це повідомлення?
    .circumstances = Обставини
    .service = Місце служби
    .next-steps = Наступні кроки
    .captivity = Полон
    .return = Повернення
    .none = Не зазначати
    .label = Тема
    .why = Родина читає тему разом із текстом. Про повернення пишуть лише тоді, коли звільнення підтверджено.
# unsigned: not yet read by a psychologist and by families
update-stage = Чи змінює це стан справи?
    .not-registered = Немає в реєстрі НІБ
    .missing = Безвісти за особливих обставин
    .registered = У реєстрі НІБ, про полон невідомо
    .probably-captive = Імовірно в полоні
    .captive = Полон підтвердив Червоний Хрест
    .located = Відомо, де перебуває
    .released = Звільнення
    .returned = Повернення додому
    .reintegration = Реінтеграція
    .none = Ні, стан той самий
    .label = Стан
    .why = Стан змінює лише підписане повідомлення. Тут є тільки те, що дозволяє обраний рівень.
# unsigned: not yet read by a psychologist and by families
update-alive = Чи каже саме джерело, що людина жива?
    .yes = Так, джерело каже це
    .no = Ні, або це незрозуміло
    .label = Жива
    .why = Якщо джерело цього не каже, родині не пишуть: на розмову запрошують.
# unsigned: not yet read by a psychologist and by families
update-capacity = Де перебуває людина, за словами джерела?
    .serving = У військовій частині
    .captive = У полоні
    .detained = Під вартою, цивільна особа
    .at-liberty = На волі
    .label = Перебуває
write-located = Коли джерело не каже, що людина жива і де саме вона перебуває, цього не пишуть: на розмову запрошують. Запрошення: /invitation { $number }
write-standing = Стан справи зараз: { $stage }, за джерелом від { $on }.
write-goes-back = Це менше, ніж уже відомо, або за давнішим джерелом. Щоб справа повернулася назад, потрібна причина: її побачать обидва, хто підписує.
write-stage-why = Чому справа повертається назад? Родина цього не читає.
    .label = Чому назад
write-unborne = Такого стану чи теми цей рівень не дозволяє: сказано більше, ніж підтверджує джерело. Напишіть повідомлення знову.
# unsigned: not yet read by a psychologist and by families
update-source = Чиї це відомості?
    .nib = Національне інформаційне бюро
    .icrc = Червоний Хрест
    .unit = Військова частина
    .label = Джерело
    .why = Без джерела повідомлення не вважається перевіреним.
# unsigned: not yet read by a psychologist and by families
update-manner = Це документ чи розмова?
    .document = документ
    .conversation = розмова
    .label = Спосіб
write-answered = На запит центру відповіли: { $body }, { $on }. Про це ще не написано.
write-from-answer = Узяти цю відповідь за джерело?
    .yes = Так, це джерело
    .no = Ні, інше джерело
    .label = Джерело: відповідь на запит
write-on = Яка дата документа або розмови?
    .label = Дата джерела
    .hint = Наприклад: 20.11.2026.
write-day = { $on }
write-text = Напишіть текст для родини, українською, до 2000 знаків.
    .invite = Натомість запросити на зустріч
    .hint = Просто й тепло: що відомо, від кого, що буде далі. Про найтяжче не пишуть ніколи: на таку розмову запрошують.
    .label = Текст
    .why = Текст побачать лише рідні з перевіреним родинним зв’язком, і лише після другого підпису.
write-english = Текст англійською, якщо він потрібен.
    .without = Без англійського тексту
    .hint = Хто читає англійською, а тексту немає, отримає український з англійським поясненням.
    .label = Англійською
write-words = { $text }
write-stopped = Текст зупинив перелік слів: { $words }. Про втрату, поранення чи впізнання родині не пишуть: це кажуть люди, особисто. Перелік лише допомагає, він не доводить, що текст поганий. Якщо йдеться про інше, скажіть це іншими словами. Якщо саме про це, запросіть на зустріч: /invitation { $number }.
write-review = Перевірте, чи все так.
    .send = Так, далі до підпису
    .send-also = так; далі; да
    .label = Перевірка
write-readers = Прочитають: { $kinships }. Текст має підходити кожному з них.
approve-whose = Справа: { $name }, дата народження: { $born }.
write-reach = { $recipients ->
        [one] Це отримає { $recipients } людина. Після підпису другої людини є п’ять хвилин, щоб зупинити. Потім його можна лише виправити або відкликати, і рідні це побачать.
        [few] Це отримають { $recipients } людини. Після підпису другої людини є п’ять хвилин, щоб зупинити. Потім його можна лише виправити або відкликати, і рідні це побачать.
       *[many] Це отримають { $recipients } людей. Після підпису другої людини є п’ять хвилин, щоб зупинити. Потім його можна лише виправити або відкликати, і рідні це побачать.
    }
write-sign = Ваш підпис означає: ви бачили цей текст, рівень, джерело і те, скільком людям це надійде.
    .sign = Підписую
    .label = Підпис
write-done = Підписано. Повідомлення у зверненні { $number } чекає на другу людину. Поки вона не підпише, рідні нічого не отримають.
write-changed = Відколи ви це бачили, щось змінилося: текст або коло тих, хто його отримає. Нічого не підписано й не надіслано. Ось як є зараз.
write-decided = Це повідомлення вже надіслано або повернено.

unclear-changed-since = Відколи ви це бачили, щось змінилося. Перегляньте ще раз і натисніть.
unclear-press = Підписують лише кнопкою: слово не показує, на який екран воно відповідає.
unclear-day-whole = Тут потрібна повна дата: день, місяць і рік. Наприклад: 20.11.2026.

## Друга людина

approve-number = Яке повідомлення підписуємо?
    .one = { $number }
    .label = Звернення
approve-which = У цій справі їх кілька. Яке?
    .one = Написано: { $at }
    .label = Повідомлення
approve-none = Нічого не чекає на підпис.
approve-none-of = За зверненням { $number } нічого не чекає на підпис.
approve-show = Звернення { $number }, написано { WHEN($at, case: "on") }. Рівень: { $level }. Джерело: { $body }, { $manner }, { $on }.
approve-reach = { $recipients ->
        [one] Отримає { $recipients } людина:
        [few] Отримають { $recipients } людини:
       *[many] Отримають { $recipients } людей:
    }
approve-reached = { $kinship }: { $way }.
approve-way =
    .written = рядок, { $channel }
    .page = лише вебсторінка, тому ще й зателефонує людина
    .nowhere = не доходить ніяк, тому зателефонує людина
    .held = спершу дзвінок, текст після розмови
    .voice = лише голосом, зателефонує людина
    .silence = просить не писати; відкрити може без нашого рядка
    .held-silence = просить не писати й не дзвонити; звістка чекає
    .unsent = перше ще не дійшло, тож і про це не надійде нічого
approve-subject = Тема: { $subject }.
approve-stage = Новий стан справи: { $stage }.
approve-capacity = Людина жива, перебуває: { $capacity }.
approve-goes-back = Справа повертається назад. Причина від автора: «{ $reason }».
approve-moved = Відколи це написано, стан справи змінився. Поверніть повідомлення авторові: його пишуть знову.
approve-text = Текст: «{ $text }»
approve-english = Англійською: «{ $text }»
approve-no-english = Англійського тексту немає: хто читає англійською, отримає український з поясненням.
approve-rule-stops = Перелік слів зупинив би цей текст: { $words }. Поверніть його авторові.
approve-rule-excuses = Перелік слів знайшов: { $words }. Пропустив, бо тут вони, схоже, про інше. Перевірте, чи це так.
approve-rule-finds-nothing = Перелік слів нічого не знайшов. Він не все розуміє: прочитайте текст очима родини.
approve-own = Це повідомлення написали ви. Підписати його має інша людина.
approve-own-family = Це справа вашої родини. Її підписує інша людина.
approve-changed = Відколи це підписано, щось змінилося: текст або коло тих, хто його отримає. Спершу знову підписує автор.
approve-decision = Що вирішуєте?
    .approve = Підписати й надіслати рідним
    .back = Повернути авторові
    .again = Попросити автора підписати знову
    .label = Рішення
approve-reason = Чому повертаєте? Це прочитає автор.
    .label = Причина
approve-done = { $recipients ->
        [one] Погоджено: { $recipients } людина отримає повідомлення у зверненні { $number }.
        [few] Погоджено: { $recipients } людини отримають повідомлення у зверненні { $number }.
       *[many] Погоджено: { $recipients } людей отримають повідомлення у зверненні { $number }.
    }
approve-called = { $recipients ->
        [one] Звернення { $number }: { $recipients } людині ще й зателефонує людина з центру, бо в чат повідомлення не прийде.
        [few] Звернення { $number }: { $recipients } людям ще й зателефонує людина з центру, бо в чат повідомлення не прийде.
       *[many] Звернення { $number }: { $recipients } людям ще й зателефонує людина з центру, бо в чат повідомлення не прийде.
    }
approve-unsent = { $recipients ->
        [one] Звернення { $number }: { $recipients } людина не отримає нічого, бо перше до неї ще не дійшло.
        [few] Звернення { $number }: { $recipients } людини не отримають нічого, бо перше до них ще не дійшло.
       *[many] Звернення { $number }: { $recipients } людей не отримають нічого, бо перше до них ще не дійшло.
    }
approve-nobody = Погоджено. Звернення { $number }. Рідні не отримають нічого: про перше їм ще не казали, і дзвінків про нього не буде.
approve-goes = Повідомлення піде: { $at }. До того його може зупинити і автор, і той, хто погодив.
# unsigned: not yet read by a psychologist and by families
approve-held = { $recipients ->
        [one] Погоджено. Про звільнення у зверненні { $number } спершу каже людина: поставлено { $recipients } дзвінок. Текст піде після розмови.
        [few] Погоджено. Про звільнення у зверненні { $number } спершу каже людина: поставлено { $recipients } дзвінки. Текст кожному піде після розмови з ним.
       *[many] Погоджено. Про звільнення у зверненні { $number } спершу каже людина: поставлено { $recipients } дзвінків. Текст кожному піде після розмови з ним.
    }
recall-goes = Повідомлення у зверненні { $number } піде: { $at }. До того його може зупинити і автор, і той, хто погодив.
recall-which = Яке повідомлення зупинити?
    .one = { $number }
    .label = Повідомлення
recall-sure = Зупинити його?
    .yes = Так, зупинити
    .no = Ні, нехай іде
    .label = Зупинити
recall-late = Зупиняти нічого: повідомлення вже пішло, його зупинили раніше, або підписували інші.
recall-done = Зупинено. Рідні нічого не отримали. Звернення { $number }.
recall-can = Ваше повідомлення у зверненні { $number } погоджено. Воно піде: { $at }. До того його можна зупинити.
    .stop = Зупинити
recall-was-stopped = Повідомлення у зверненні { $number } зупинено до надсилання. Рідні нічого не отримали.
board-leaving = Ось-ось піде до рідних
    .left = { $minutes ->
        [one] ще { $minutes } хвилина, до { $at }
        [few] ще { $minutes } хвилини, до { $at }
       *[many] ще { $minutes } хвилин, до { $at }
    }
    .stop = Зупинити
approve-sent-back = Повернено авторові. Рідні нічого не отримали. Звернення { $number }.
write-came-back = Повідомлення у зверненні { $number } вам повернули. Причину буде видно, коли відкриєте його.
    .write = Написати інакше
write-sign-wanted = У зверненні { $number } після вашого підпису щось змінилося. Перегляньте і, якщо все гаразд, підпишіть знову.
    .sign = Переглянути
write-sign-asked = Автора попросили підписати знову. Звернення { $number }.
read-which = Яке повідомлення?
    .label = Повідомлення
amend-which = Яке повідомлення виправити або відкликати?
    .one = { $at }: { $level }
    .label = Повідомлення
amend-none = За зверненням { $number } немає надісланих повідомлень, які можна виправити.
amend-text = Справа: { $name }. Надіслано: «{ $text }»
amend-how = Що зробити?
    .corrected = Виправити слова
    .withdrawn = Відкликати зовсім
    .label = Дія
    .why = Виправляють лише слова. Якщо хибні рівень, джерело чи стан, повідомлення відкликають і пишуть нове.
amend-withdraws = Рідні прочитають: це повідомлення відкликано. Інших слів там не буде; якщо є що сказати, зателефонуйте.
amend-first = { $received ->
        [0] Першого ще ніхто не отримав.
        [one] Перше отримала { $received } людина. Відкрито: { $opened }.
        [few] Перше отримали { $received } людини. Відкрито: { $opened }.
       *[many] Перше отримали { $received } людей. Відкрито: { $opened }.
    }
amend-reach = { $recipients ->
        [0] Тепер рідні не отримають нічого.
        [one] Тепер отримає { $recipients } людина:
        [few] Тепер отримають { $recipients } людини:
       *[many] Тепер отримають { $recipients } людей:
    }
amend-held = { $count ->
        [one] { $count } людина про перше ще не чула: воно чекало на дзвінок, і цього дзвінка не буде.
        [few] { $count } людини про перше ще не чули: воно чекало на дзвінки, і цих дзвінків не буде.
       *[many] { $count } людей про перше ще не чули: воно чекало на дзвінки, і цих дзвінків не буде.
    }
amend-left-out = { $count ->
        [one] { $count } людина отримала перше, але права на повідомлення вже не має: вона не отримає нічого.
        [few] { $count } людини отримали перше, але права на повідомлення вже не мають: вони не отримають нічого.
       *[many] { $count } людей отримали перше, але права на повідомлення вже не мають: вони не отримають нічого.
    }
amend-gone = Цього повідомлення вже не виправити: його виправили чи відкликали раніше, або змінено більше, ніж слова.
approve-amends = { $how ->
        [withdrawn] Це відкликання: рідні прочитають лише, що повідомлення відкликано. Текст нижче той, що відкликають.
       *[corrected] Це виправлення: надіслане раніше більше не відкриється.
    }
board-approvals = Чекає на другий підпис
    .written = { $at }
    .open = Переглянути
    .own = ваше

## Запрошення

inviting = Зателефонувати й запросити на зустріч? Спершу завжди телефонує людина. Причини ніде не записуємо.
    .yes = Так, поставити дзвінок
    .no = Ні
    .label = Запрошення
inviting-begin = Звернення { $number }: { $relative }.
inviting-before = Цю родину вже запрошували.
inviting-call-made = Дзвінок із запрошенням за зверненням { $number } стоїть у черзі. Лист можна буде надіслати після розмови.
inviting-call-first = За зверненням { $number } спершу має зателефонувати людина. Коли розмова відбудеться, запишіть її: /call { $number }. Тоді можна буде надіслати лист.
inviting-letter-is = Розмова була. Ось лист, однаковий для всіх запрошень:
inviting-send = Надіслати його?
    .yes = Так, надіслати
    .no = Ні
    .label = Лист
inviting-sent = Запрошення за зверненням { $number } надіслано.
inviting-sent-already = За зверненням { $number } запрошення вже надіслано.
# The one letter of every invitation, whatever the matter: it takes no arguments, so that nothing can be read from it.
# unsigned: not yet read by a psychologist and by families
invitation-letter = Запрошуємо вас до центру підтримки родин: треба разом переглянути й підписати папери. Оберіть, будь ласка, зручний день. Якщо приїхати важко, напишіть нам, і ми домовимося інакше.
    .book = Обрати день
    .book-also = обрати; выбрать день; записаться

## Родич читає

# unsigned: not yet read by a psychologist and by families
update-news = Для вас є нове перевірене повідомлення. Натисніть, щоб прочитати.
    .read = Прочитати
    .read-also = читати; прочитать; читать; прочесть; відкрити; открыть
# unsigned: not yet read by a psychologist and by families
update-news-corrected = Повідомлення, яке ми надіслали вам { WHEN($at, case: "on") }, виправлено. Натисніть, щоб прочитати.
# unsigned: not yet read by a psychologist and by families
update-news-withdrawn = Повідомлення, яке ми надіслали вам { WHEN($at, case: "on") }, відкликано. Натисніть, щоб прочитати.
# unsigned: not yet read by a psychologist and by families
update-corrected = Це виправлене повідомлення. Воно замінює те, що ми надіслали { WHEN($at, case: "on") }.
# unsigned: not yet read by a psychologist and by families
update-withdrawn = Ми відкликаємо повідомлення, яке надіслали { WHEN($at, case: "on") }. Не спирайтеся на нього. Якщо маєте запитання, оберіть «Поговорити з людиною».
# unsigned: not yet read by a psychologist and by families
check-amended = Цей код справжній: за ним ми писали вам у { WHEN($at, case: "accusative") }. Відтоді це повідомлення виправлено або відкликано. Ось ваші повідомлення зараз.
# unsigned: not yet read by a psychologist and by families
update-head = Перевірене повідомлення у зверненні { $number }. Надіслано: { $at }.
# unsigned: not yet read by a psychologist and by families
update-means-said = Наскільки це певно: відомо з чужих слів. Жодна установа цього ще не підтвердила.
# unsigned: not yet read by a psychologist and by families
update-means-unit = Наскільки це певно: так повідомила частина.
# unsigned: not yet read by a psychologist and by families
update-means-nib = Наскільки це певно: це запис у реєстрі Національного інформаційного бюро.
# unsigned: not yet read by a psychologist and by families
update-means-icrc = Наскільки це певно: це підтвердив Міжнародний Комітет Червоного Хреста.
# unsigned: not yet read by a psychologist and by families
update-means-released = Наскільки це певно: звільнення підтверджено.
# unsigned: not yet read by a psychologist and by families
update-about = Про що: { $subject }.
# unsigned: not yet read by a psychologist and by families
update-stands-not-registered = Стан: запису в реєстрі Національного інформаційного бюро ще немає.
# unsigned: not yet read by a psychologist and by families
update-stands-missing = Стан: безвісти за особливих обставин.
# unsigned: not yet read by a psychologist and by families
update-stands-registered = Стан: запис у реєстрі Національного інформаційного бюро є, про полон поки невідомо.
# unsigned: not yet read by a psychologist and by families
update-stands-probably-captive = Стан: імовірно в полоні. Міжнародний Комітет Червоного Хреста цього ще не підтвердив.
# unsigned: not yet read by a psychologist and by families
update-stands-captive = Стан: полон підтверджено Міжнародним Комітетом Червоного Хреста.
# unsigned: not yet read by a psychologist and by families
update-stands-located = Стан: людина жива. { $capacity ->
        [serving] Вона перебуває у військовій частині.
        [captive] Вона перебуває в полоні.
        [detained] Вона під вартою як цивільна особа.
       *[at-liberty] Вона на волі.
    }
# unsigned: not yet read by a psychologist and by families
update-stands-released = Стан: звільнення.
# unsigned: not yet read by a psychologist and by families
update-stands-returned = Стан: повернення додому.
# unsigned: not yet read by a psychologist and by families
update-stands-reintegration = Стан: реінтеграція. Це час відпочинку, лікування й відновлення документів.
# unsigned: not yet read by a psychologist and by families
update-only-in-ukrainian = Це повідомлення є лише українською. Нижче точний текст.
# unsigned: not yet read by a psychologist and by families
update-told = { $text }
# unsigned: not yet read by a psychologist and by families
update-from = Джерело: { $body }, { $manner }, { $on }.
# unsigned: not yet read by a psychologist and by families
update-code = Код перевірки: { $code }. Він лише для вас. Якщо побачите його під іншим текстом, надішліть код сюди, і ми покажемо, що писали насправді.
# unsigned: not yet read by a psychologist and by families
update-not-available = Це повідомлення зараз недоступне. Якщо маєте запитання, оберіть «Поговорити з людиною».
updates = Ваші перевірені повідомлення. Оберіть, щоб прочитати.
    .one = { $number }, { $on }: { $level }
    .withdrawn = { $number }, { $on }: відкликане повідомлення
    .menu = Повернутися в меню
    .label = Повідомлення
updates-none = Перевірених повідомлень поки немає. Щойно буде нове, ми напишемо.
check-code = Надішліть код перевірки, що стоїть під повідомленням.
    .label = Код перевірки
    .hint = Вісім знаків, наприклад: A3C4-K7MX. Великі чи малі літери, не має значення.
    .why = За кодом ми покажемо, що саме писали вам і коли. Так видно, чи не підробив хтось повідомлення.
check-ours = Цей код справжній. Ось що ми написали вам у { WHEN($at, case: "accusative") }. Якщо деінде під цим кодом стоїть інший текст, він не від нас.
# unsigned: not yet read by a psychologist and by families
check-by-voice = Цей код справжній: за ним ми писали вам у { WHEN($at, case: "accusative") }.
check-not-ours = За цим кодом ми вам нічого не писали. Перевірте, чи правильно його переписано. Якщо так, то це повідомлення не від нас.
check-what-to-do = Не відповідайте на нього, не платіть і не називайте кодів чи паролів: ми ніколи не просимо грошей. Збережіть повідомлення, зателефонуйте до поліції ({ $police }) і до нашого центру.
check-own-report = { $number }: це номер вашого звернення, а не код перевірки. Код стоїть під кожним нашим перевіреним повідомленням і містить літери, наприклад A3C4-K7MX.
check-own-visit = { $number }: це номер вашого запису на прийом, а не код перевірки. Код стоїть під кожним нашим перевіреним повідомленням і містить літери, наприклад A3C4-K7MX.
check-too-often = Забагато кодів за годину. Спробуйте пізніше або оберіть «Поговорити з людиною». Якщо хтось просить грошей, телефонуйте до поліції: { $police }.
