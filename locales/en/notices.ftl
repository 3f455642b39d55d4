# Notices by telephone: that something waits, and never what.

# SMS: with the number at most 134 characters. There is never a link in it.
notice-sms = Zviazok: there is a message for you. Open our page, write to the bot, or call { $phone }
notice-sms-short = Zviazok: there is a message for you. Open our page, write to the bot, or call your center.
notice-voice = Hello. This is Zviazok. There is a message for you. Open our page, write to the bot, or call { $phone }. We never ask for money, cards or codes.

notices = How should we let you know by telephone when we cannot write to your messenger? It only says that there is a message for you. The message itself waits on your page.
    .sms = SMS
    .sms-also = text message; text
    .voice = A call (a recorded voice)
    .voice-also = call; voice
    .none = Not needed
    .none-also = no
    .label = Notices by telephone
    .why = So that you learn of what matters even if your messenger is blocked or gone. There are never names, news or links in an SMS. If an SMS in our name has a link in it, it is not from us.
notices-now = Now: { $how ->
        [sms] SMS
       *[voice] a call
    } to { $phone }. { $state ->
        [confirmed] The number is confirmed.
       *[waits] The number is not confirmed yet: until then we send nothing.
    }
notices-done = All right. { $how ->
        [sms] We will send an SMS
       *[voice] We will call
    } to { $phone }. There are no calls at night.
notices-to-confirm = First somebody from the center calls { $phone } to make sure that it is your number: by { $by } at the latest. After that talk { $how ->
        [sms] we will send an SMS
       *[voice] we will call
    }.
notices-ended = All right. We will send nothing to your telephone. Somebody from the center still calls if there is need.
notices-no-phone = We do not know your number. We ask for it when you report a missing person.
notices-not-offered = There are no notices by telephone here just now. If we cannot write to you, somebody from the center calls.
