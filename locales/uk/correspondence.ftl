# Листування родини з центром: родина пише, людина з центру відповідає.

## Родина

correspondence-begin = Напишіть центру, що вам потрібно. Прочитає людина з центру й відповість вам тут.
correspondence-goes-on = Ваше листування з центром триває. Відповідь надійде сюди.
correspondence-write = Пишіть. Можна кількома повідомленнями, можна додати фото, документ або голос.
    .more = Записано. Щось іще? Якщо все, натисніть «Це все», і центр це отримає.
    .label = Лист центру
    .hint = Усе, що ви напишете, прочитають лише працівники центру.
correspondence-what = Що зробити?
    .write = Написати
    .another = Хай відповідає інша людина
    .label = Листування
correspondence-another-what = Можна попросити, щоб вам відповідала інша людина. Причину пояснювати не треба. Хто відповідав досі, більше не бачитиме вашого листування.
correspondence-another = Попросити, щоб відповідала інша людина?
    .yes = Так, хай відповідає інша людина
    .no = Ні
    .label = Інша людина
correspondence-another-done = Гаразд. Далі вам відповідатиме інша людина.
correspondence-another-none = Зараз у центрі немає нікого іншого, тому листування бачить та сама людина, що й досі.{ $noted ->
        [true] {" "}Ваше прохання записано: щойно буде хтось інший, листування перейде туди.
       *[false] {""}
    } Якщо хочете поговорити голосом, натисніть у меню «Поговорити з людиною».
correspondence-by = Відповідь буде найпевніше до { WHEN($by, case: "genitive") }: так відповідають тут дев’ятьом із десяти.
correspondence-unmeasured = Листи читають у робочий час центру. За скільки відповідають, тут ще не виміряно, тому дня ми не обіцяємо.
# unsigned: not yet read by a psychologist and by families
correspondence-nobody-there = Зараз у центрі нікого немає: до { WHEN($at, case: "genitive") } тут цього ніхто не прочитає. Якщо потрібна людина просто зараз: Lifeline Ukraine, { $phone }, або швидка, 103.
correspondence-which = Яке листування?
    .one = { $who }
    .label = Листування
correspondence-answered = Вам відповіли. Натисніть, щоб прочитати.
    .read = Прочитати відповідь
correspondence-from = { $name }, центр підтримки родин, { $city }, { $at }:
correspondence-from-center = Працівник центру підтримки родин, { $city }, { $at }:
correspondence-words = { $text }
correspondence-write-here = Щоб написати ще, просто пишіть сюди.
correspondence-no-answer = Тут немає відповіді для вас.

## Працівники

correspondence-waits = Родина написала центру й чекає на відповідь. Слова видно лише на сторінці.
    .open = Відкрити листування
correspondence-nobody-else = Родина написала центру, і прочитати її слова, крім вас, немає кому. Слова видно лише на сторінці.
correspondence-yours = Колега передає вам листування з родиною.
correspondence-gone = Цього листування тут немає.
correspondence-none = Ніхто не чекає на письмову відповідь.
correspondence-row = { $name } · { $waits } · { $whose }
correspondence-waiting = { $late ->
        [true] чекає з { WHEN($since, case: "genitive") }, запізно
       *[false] чекає з { WHEN($since, case: "genitive") }
    }
correspondence-whose = Хто відповідає
    .mine = відповідаєте ви
    .of = відповідає { $name }
    .nobody = ще ніхто не відповідає
    .another = родина просить іншу людину
correspondence-board = Чекають на письмову відповідь
correspondence-head = Листування: { $relative }. Звернення { $number }: { $missing }.
correspondence-phone = Телефон: { $phone }
correspondence-holder = { $mine ->
        [true] Відповідаєте ви.
       *[false] Відповідає { $name }.
    }
correspondence-asked-another = Родина попросила, щоб відповідала інша людина.
correspondence-by-voice = Про пошук із цією родиною говорить лише людина, голосом. Тут можна відповісти на решту; про пошук зателефонуйте.
correspondence-unverified = Родинний зв’язок не підтверджено: про людину, яку шукають, нічого не повідомляйте.
correspondence-earlier = { $count ->
        [one] Ще { $count } рядок раніше.
        [few] Ще { $count } рядки раніше.
       *[many] Ще { $count } рядків раніше.
    }
correspondence-line = { $who ->
        [family] Родина, { $at }: { $text }
        [center] { $name }, { $at }: { $text }
       *[note] Нотатка для колег, { $name }, { $at }: { $text }
    }{ $file ->
        [true] {" "}[файл або запис]
       *[false] {""}
    }
correspondence-is-closed = Листування закрито. Коли родина напише знову, воно відкриється.
correspondence-answer = Напишіть відповідь або оберіть дію.
    .story = Відповісти з файлом або голосом
    .canned = Відповісти готовим текстом
    .enclosed = Показати файли й записи
    .hand = Передати колезі
    .call = Зателефонувати
    .close = Закрити листування
    .close-unanswered = Відповіли голосом або відповідь не потрібна, закрити
    .menu = У меню
    .label = Відповідь
    .hint = Родина прочитає саме ці слова. Про найтяжче не пишуть ніколи: на таку розмову запрошують.
correspondence-story = Напишіть відповідь і додайте файли, до п’яти.
    .more = Додано. Якщо все, натисніть «Це все».
    .label = Відповідь із файлом
correspondence-canned = Яким текстом?
    .label = Готовий текст
correspondence-stopped = Текст зупинив перелік слів: { $words }. Про втрату, поранення чи впізнання родині не пишуть: це кажуть люди, особисто. Якщо йдеться про інше, скажіть це іншими словами.
correspondence-since = Поки ви писали, тут з’явилося нове:
correspondence-to-send = Родина прочитає: «{ $text }»{ $files ->
        [0] {""}
        [one] {" "}і { $files } файл
        [few] {" "}і { $files } файли
       *[many] {" "}і { $files } файлів
    }
correspondence-send = Надіслати?
    .send = Надіслати
    .not-search = У тексті немає нічого про пошук, надіслати
    .anew = Написати інакше
    .label = Надсилання
correspondence-changed = Поки ви писали, тут з’явилося нове. Нічого не надіслано, ваш текст на місці. Прочитайте й вирішіть, чи надсилати.
correspondence-sent = Відповідь надіслано. Родина отримає сповіщення й прочитає її.
correspondence-to = Кому передати?
    .one = { $name }, { $role }
    .label = Кому
correspondence-note = Що колезі треба знати? Родина цього не бачить.
    .none = Без нотатки
    .label = Нотатка
correspondence-handed-on = Далі відповідає { $to }.
correspondence-closed = Листування закрито.
