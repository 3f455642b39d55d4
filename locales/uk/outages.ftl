# Перерви: коли канал довго не міг принести повідомлень. Родині нейтрально: це можуть побачити сторонні.

outage = Була перерва: { $from } – { $to } ми не отримували повідомлень у { $channel ->
        [viber] Viber
       *[telegram] Telegram
    }. Якщо ви писали в цей час і відповіді не було, напишіть, будь ласка, ще раз. Усе, що ви розповіли раніше, збережено.
    .go-on = Продовжити
    .go-on-also = далі; продолжить; дальше; continue

outages = { $count ->
        [0] Перерв не було.
       *[other] Останні перерви:
    }
outages-line = { $channel ->
        [viber] Viber
       *[telegram] Telegram
    } · { $began } – { $ended } · просимо написати ще раз: { $people }, уже попросили: { $asked }
outages-now = Зараз не чуємо { $channel ->
        [viber] Viber
       *[telegram] Telegram
    }, від { $since }. Перевірте, чи працює адреса служби ззовні (PUBLIC_URL) і доступ до інтернету.
