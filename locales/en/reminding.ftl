# Reminders. Neutral: no address, no name, no specialist; others may see the screen.

reminder-tomorrow = Tomorrow ({ $day }) at { $time } you have a meeting.
reminder-today = Today ({ $day }) at { $time } you have a meeting.
reminder-later = On { $day } at { $time } you have a meeting.
reminder-kyiv = In Kyiv that is { $time }.
reminder = Reminder
    .coming = I am coming
    .coming-also = yes; coming; I will come
    .move = Move it
    .move-also = move; another time
    .cancel = Cancel it
    .cancel-also = cancel; not coming
