# What a person sent and the service does not take: what to call it. The sentence around it is the answer’s.

form = a message like this
    .sticker = a sticker
    .animation = an animation
    .poll = a poll
    .dice = a dice
    .story = a story
    .game = a game
    .checklist = a checklist
    .paid-media = a paid post
    .giveaway = a giveaway
    .gift = a gift
    .formatted = a formatted text
    .unknown = a message of this kind
