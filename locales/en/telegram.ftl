# Said once in a group or a channel, before leaving it.
private-only =
    Other people can read our words here, so we talk only in private. Press the bot’s name above this message and write there. We are leaving this group now, so that we see nothing of it.
