# Shown when somebody has opened the chat and has written nothing yet.
viber-welcome = This is Zviazok (“connection”), the assistant of the support centers for families of prisoners of war and missing people. Press “Begin” below, or write any word here.
    .begin = Begin

# Our name above each message: at most 28 characters.
viber-sender = Zviazok

# The key that always stands below the chat.
viber-menu = Menu

# What does not go through Viber.
viber-files =
    { $count ->
        [one] This message comes with a file. We do not send files of this kind through Viber; it waits for you on our page: { $page }
       *[other] This message comes with { $count } files. We do not send files of this kind through Viber; they wait for you on our page: { $page }
    }

# Where a phone could show no buttons: how to answer in words.
viber-type = To answer, write: { $what }
