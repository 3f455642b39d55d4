# Where a person gets messages, which chats and browsers are theirs, and the word for when a phone is taken.

channel = Chats and browsers
    .web = Web page
    .telegram = Telegram
    .viber = Viber
    .terminal = Terminal
    .sms = SMS
    .voice = Recorded call
where = Where shall we write to you?
    .here = { $channel }, here
    .one = { $channel }, last used { $seen }
    .last = Wherever I have written last
    .leave = Close another chat or browser
    .label = Where messages come
where-now = Messages come here now: “{ $where }”.
where-leave = Which chat or browser shall we close? Your reports stay, but they will no longer be seen there.
    .label = What to close
where-done = All right. Messages will come here: “{ $where }”. If that fails, we write to another chat of yours.
where-done-page = All right. Messages will wait on the web page, nothing will appear on the phone. Before an appointment we will phone you. If you do not open the page for 30 days, we will write to the chat again.
where-done-last = All right. Messages will come wherever you wrote last.
where-left = Closed: “{ $where }”. There is nothing of yours there any more.
where-gone = This chat or browser is no longer among yours.

panic = If somebody wants to take or look through your phone, write here: “{ $word }”. Or the command { $command }. You can do it at any moment, instead of any answer. The chat stops being yours at once, and we answer nothing. In Telegram, all that you and we wrote in the last 48 hours disappears; erase older messages yourself. In Viber, “…” and “Begin” take the place of the buttons; delete the chat itself. On the web page, the session ends. Your reports, appointments and other chats stay. To come back, choose “I was here before”: you will need a code from another device of yours, or a talk with the center.
    .word = forget me
    .word-also = forgetme
