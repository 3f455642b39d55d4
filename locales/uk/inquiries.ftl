# Запити центру до установ: що питаємо, за чиєю згодою, до якого дня відповідь, що відповіли; і що про це читають рідні.

## Працівник питає

inquiry-begin = Звернення { $number }: { $name }. Розповідає: { $relative }.
inquiry-nobody-agreed = За зверненням { $number } немає згоди передати відомості жодній з установ. Спершу запитайте про згоду: /details { $number }.
inquiry-body = Кого питаємо? Тут лише ті, кому рідні погодилися передати відомості.
    .label = Установа
inquiry-what = Що питаємо? Напишіть запитання для листа, до 1500 знаків.
    .label = Запитання
    .hint = Ім’я та дату народження лист назве сам.
inquiry-enclosed = Що передаємо разом із запитанням? Лише те, що справді потрібно для відповіді.
    .service = Служба, частина, звання
    .loss = Коли й де зник зв’язок
    .circumstances = Обставини зі слів рідних
    .marks = Прикмети
    .numbers = Номери в інших реєстрах
    .label = Передаємо
inquiry-due = До якого дня чекаємо відповіді? Закону про строк тут не вказано, тож день обираєте ви.
    .label = Відповідь до
    .hint = Наприклад: 17.12.2026.
inquiry-term = Строк відповіді за законом у днях: { $days }. { $law }
inquiry-no-consent = Рідні не погоджувалися передати відомості: { $body }. Спершу запитайте про згоду: /details { $number }. Без неї запиту немає.
inquiry-body-gone = Цієї установи у списку вже немає. Оберіть іншу.
inquiry-written = Запит { $number } записано. Тепер його треба надіслати.
inquiry-gone = Такого запиту немає.
inquiry-print = Лист для друку: { $path }. Надішліть його своїм способом і позначте, що надіслано.
inquiry-consent-gone = Рідні відкликали згоду передавати ці відомості цій установі. Листа за цим запитом немає: { $path } закрито.
inquiry-which = Який запит?
    .label = Запит
inquiry-next = Що далі?
    .sent = Надіслано
    .answer = Записати відповідь
    .stop = Більше не питати
    .files = Файли відповіді
    .menu = До списку
    .label = Далі
inquiry-sent = Запит { $number } надіслано, відповідь до { $due }. Рідних, яким про це написано: { $relatives }.
inquiry-sent-already = Запит { $number } уже надіслано або більше не ставлять.
inquiry-due-past = День відповіді на запит { $number } уже минув. Зупиніть цей запит і напишіть новий.
inquiry-stopped = Запит { $number } зупинено. Рідних, яким про це написано: { $relatives }.
inquiry-not-sent = Запит { $number } ще не надіслано або вже зупинено, тож відповіді на нього бути не може.
inquiry-answered-already = На запит { $number } відповідь уже записано, або його зупинено.
inquiry-outcome = Що відповіли?
    .nothing-new = Нічого нового
    .something = Є щось нове
    .refused = Нам цього не скажуть
    .passed-on = Передали іншій установі
    .label = Відповідь
inquiry-answered = Якого дня відповіли?
    .label = День відповіді
    .hint = Наприклад: 20.11.2026.
inquiry-files = Надішліть фото чи PDF відповіді.
    .label = Відповідь, файл
    .more = Файлів: { $files }. Надішліть ще або натисніть «Це все».
unclear-answered-on = Тут підходить день від надсилання запиту до сьогодні.
inquiry-answer-checked = Відповідь на запит { $number } записано: нічого нового. Рідні прочитають про це, коли настане обіцяний їм день.
inquiry-answer-draft = Відповідь на запит { $number } записано. Рідні поки нічого не читають. Напишіть повідомлення, джерело вже підставлено: /update { $report }. Якщо це не для листа, запросіть на розмову: /invitation { $report }.
inquiry-opened-files = Відповідь на запит { $number }. Файлів: { $files }.
inquiry-answer-kept = Відповідь на запит { $number } записано.
inquiries = Запити центру
    .one = { $number }, до { $due }
    .new = Новий запит
    .menu = Досить
    .label = Запити
inquiries-none = Запитів, що чекають, немає.
inquiries-line = { $number }, { $body }: { $state }. Від { $since }, відповідь до { $due }.
inquiries-late = { $body }: із { $due } відповідей запізнилися або не прийшли { $late }.
inquiry-state = Стан запиту
    .written = ще не надіслано
    .sent = чекаємо відповіді
    .late = відповіді немає, строк минув
    .answered = відповідь є
    .stopped = більше не питаємо
inquiries-board = Запити до установ
    .open = Відкрити
inquiry-remind = Запит { $number }, { $body }: відповідь має бути до { $due }.
inquiry-remind-promised = Рідним обіцяно сказати наступного дня.
inquiry-remind-late = Запит { $number }, { $body }: строк минув { $due }, відповіді не записано. Нагадайте установі.
inquiry-remind-told = Рідним про це сказано.
term-what = За яким законом установа має відповісти й за скільки днів? Це читатимуть рідні, тому підписують двоє. Немає закону, то й строку тут немає.
term-of = Яка установа?
    .label = Установа
term-days = За скільки днів?
    .label = Днів
    .hint = Число, наприклад: 30.
term-law = Який закон? Назва й стаття, до 200 знаків.
    .label = Закон
term-done = Строк записано.
unclear-term = Напишіть число днів від 1 до { $most } і закон, який це каже.
proposal-term = { $body }: відповідає за { $days } днів. { $law }

## Лист

inquiry-title = Запит
inquiry-from = Центр підтримки родин: { $city }
inquiry-address = { $address }
inquiry-phone = Телефон: { $phone }
inquiry-number = № { $number }, { $on }
inquiry-to = Кому: { $body }
inquiry-about = Про кого: { $name }. Дата народження: { $born }.
inquiry-question = { $question }
inquiry-service = Служба: { $service }. Частина: { $unit }. Звання: { $rank }.
inquiry-loss = Зв’язок зник: { $on }. Де: { $where }.
inquiry-circumstances = Обставини зі слів рідних: { $text }
inquiry-marks = Прикмети: { $text }
inquiry-numbers = Номери в інших реєстрах: { $text }
inquiry-consent = Ці відомості передаємо за згодою. Згоду дає: { $relative }.
inquiry-by-law = Відповідь просимо надати до { $due }. Підстава: { $law }
inquiry-by = Відповідь просимо надати до { $due }.
inquiry-signed = Виконавець: { $member }. Підпис: ____________________

## Родич читає

# unsigned: not yet read by a psychologist and by families
inquiry-news = Ми написали вам про запит, який надіслали. Натисніть, щоб прочитати.
    .read = Прочитати
    .read-also = читати; прочитать; читать; прочесть; відкрити; открыть
# unsigned: not yet read by a psychologist and by families
inquiry-asked = Звернення { $number }. Ми надіслали запит: { $body }, { $on }.
# unsigned: not yet read by a psychologist and by families
inquiry-law = За законом відповісти мають до { $due }. { $law }
# unsigned: not yet read by a psychologist and by families
inquiry-waits = Відповіді чекаємо до { $due }.
# unsigned: not yet read by a psychologist and by families
inquiry-then = { $on } скажемо вам, є відповідь чи ні.
# unsigned: not yet read by a psychologist and by families
inquiry-late = Строк відповіді минув { $due }. Відповіді поки немає.
# unsigned: not yet read by a psychologist and by families
inquiry-no-more = Цього запиту ми більше не ставимо. Якщо маєте запитання, оберіть «Поговорити з людиною».
# unsigned: not yet read by a psychologist and by families
inquiry-came = Відповідь надійшла { $on }: { $outcome }.
# unsigned: not yet read by a psychologist and by families
inquiry-told = Що відповіли
    .nothing-new = нічого нового
    .something = про неї з вами поговорить людина з центру
    .written = про неї ми вам уже написали
    .refused = нам цього сказати не можуть
    .passed-on = запит передали іншій установі
# unsigned: not yet read by a psychologist and by families
inquiry-over = Цього повідомлення вже не прочитати. Якщо маєте запитання, оберіть «Поговорити з людиною».
