# Звістка про звільнення: спершу голосом, кожному з рідних окремо.

# unsigned: not yet read by a psychologist and by families
release-for = Звернення { $number }: { $relative }.
# unsigned: not yet read by a psychologist and by families
release-none = За зверненням { $number } нічого не притримано: звістку або вже сказали голосом, або її не було.
# unsigned: not yet read by a psychologist and by families
release-held = Звістка про звільнення чекає на дзвінок. Погоджено { WHEN($at, case: "on") }. { $tries ->
        [0] Ще не телефонували.
        [one] Телефонували { $tries } раз, розмови не було.
        [few] Телефонували { $tries } рази, розмови не було.
       *[many] Телефонували { $tries } разів, розмови не було.
    }
# unsigned: not yet read by a psychologist and by families
release-sure = Надіслати текст родичеві, не чекаючи дзвінка?
    .yes = Так, надіслати
    .no = Ні, чекаємо на дзвінок
    .label = Без дзвінка
    .why = Такі слова краще спершу почути від людини. Вирішує керівник, письмово; це видно в журналі.
# unsigned: not yet read by a psychologist and by families
release-why = Чому не чекаємо на дзвінок? Це прочитають колеги.
    .label = Причина
# unsigned: not yet read by a psychologist and by families
release-done = Текст піде за зверненням { $number }: { $at }.
# unsigned: not yet read by a psychologist and by families
release-goes = Звістка про звільнення тепер піде родичеві й текстом.
# unsigned: not yet read by a psychologist and by families
release-not-yours = Текст про звільнення ще притримано: його підписали ви. Розмову має записати інший працівник, або текст відпустить керівник: /release.
