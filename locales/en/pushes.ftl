# What a phone shows before a message is opened: nothing but that it is there.

push = There is a new message for you.
    .open = Read
    .open-also = read it; open; show
push-on-page = There is a message for you on the web page: { $page }
push-page-first = To sign in on the web page ({ $page }), write /link here and type the code there. Then press “Read” again.
push-gone = This message no longer holds. What holds now is in the menu: /menu.

opens = Where shall what we send you open? A locked screen shows only that there is a message.
    .chat = Here, when I press “Read”
    .chat-also = here; chat; in the chat
    .page = On the web page only
    .page-also = page; web; on the page
    .label = Where it opens
settings-opens-chat = All right. Messages will open where they came, when you press “Read”.
settings-opens-page = All right. The messenger will show only that there is a message. You can read it on the web page: { $page }
