# The talk in a terminal: python -m bot terminal.

terminal-hello = This is Zviazok in a terminal, { $name }. Write your answer and press Enter. A choice can be made by its words or its number, what is in [brackets] by its words. A photo or PDF: file PATH. A place: place LATITUDE LONGITUDE. Menu: /menu. Leave: Ctrl-D.
terminal-busy = A terminal is open already in another window. This one begins as soon as that is closed.
terminal-away = The database is away just now. What you wrote is not lost: we are trying again.
terminal-no-file = There is no file { $path }, or it cannot be read.
terminal-place = A place can be given like this: place 49.99 36.23
terminal-files =
    { $count ->
        [one] There is a file with this message. It waits on the page: { $page }
       *[other] There are { $count } files with this message. They wait on the page: { $page }
    }
