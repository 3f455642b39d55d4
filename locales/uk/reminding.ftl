# Нагадування. Нейтральні: без адреси, імені й фахівця, бо їх можуть побачити на екрані сторонні.

reminder-tomorrow = Завтра ({ $day }) о { $time } у вас зустріч.
reminder-today = Сьогодні ({ $day }) о { $time } у вас зустріч.
reminder-later = У вас зустріч: { $day }, о { $time }.
reminder-kyiv = За Києвом це { $time }.
reminder = Нагадування
    .coming = Буду
    .coming-also = так; я буду; прийду; приду; да; yes
    .move = Перенести
    .move-also = інший час; другое время; move
    .cancel = Скасувати
    .cancel-also = не прийду; не буду; отменить; не приду; cancel
