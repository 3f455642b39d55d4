# Said once in a group or a channel, before leaving it.
private-only =
    Other people can read our words here, so we talk only in private. Press the bot’s name above this message and write there. We are leaving this group now, so that we see nothing of it.

# How the bot introduces itself in Telegram: commands, description (512 characters), short description (120).
command = Commands
    .menu = Menu
    .register = Report a missing person
    .book = Book an appointment
    .reports = My reports
    .steps = What to do next
    .write = Write to the center
    .human = Talk to a person
    .settings = Settings
bot-description = “Zviazok” helps the support centers for families of prisoners of war and missing persons. Here you can report a missing person, book an appointment and receive verified updates. We never ask for money, card numbers, codes or passwords.
bot-short = For families of prisoners of war and missing persons. We never ask for money, cards or codes.

file-not-had = The file that you sent has not reached us. Your other answers are in place. Please send this file again, or bring it to your appointment.
