# What a person sent and the service does not take: what to call it. The sentence around it is the answer’s.

form = таке повідомлення
    .sticker = наліпка
    .animation = анімація
    .poll = опитування
    .dice = гральний кубик
    .story = історія
    .game = гра
    .checklist = список справ
    .paid-media = платний допис
    .giveaway = розіграш
    .gift = подарунок
    .formatted = оформлений текст
    .unknown = повідомлення такого виду
