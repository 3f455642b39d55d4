# The line for an earlier time, and what is offered from it.

waiting-joined = You are in line. { $who }, { $where }. { $any ->
        [yes] We will write to you as soon as a time comes free.
       *[no] We will write to you as soon as a time earlier than this comes free: { $when }.
    }
waiting-already = You are in this line already. { $who }, { $where }. { $any ->
        [yes] We will write to you as soon as a time comes free.
       *[no] We will write to you as soon as a time earlier than this comes free: { $when }.
    }
waiting-how = When a time comes free we keep it for you for up to three hours, and write until when we wait for your answer. We do not write at night. If the time does not suit you, say so: you keep your turn. You can leave the line under “My appointments”.
waiting-on-page = We cannot call you on the web page. Look under “My appointments”, or add Telegram or Viber: “Settings”.
waiting-line = { $place ->
        [0] {""}
       *[other] { $place }.{" "}
    }You are in line. { $who }, { $where }. { $any ->
        [yes] We will write to you as soon as a time comes free.
       *[no] We will write to you as soon as a time earlier than this comes free: { $when }.
    }
waiting-stopped = You are no longer in line. You can join it again at any time.
waiting-over = You are not in this line.
earlier-now = There is an earlier time right now.
offer = An earlier time has come free: { $when }. { $who }, { $where }.
offer-moves = If you agree, we move appointment { $number } there. It is now: { $old }.
offer-until = { $clock ->
        [own] We keep this time for you until { $time } by your clock ({ $day }).
       *[kyiv] We keep this time for you until { $time } ({ $day }).
    } If there is no answer, we offer it to another family.
offer-answer = An earlier time
    .accept = { $place ->
            [0] Yes, I take this time
           *[other] { $place }. Yes, I take this time
        }
    .accept-also = yes; take it; it suits me
    .decline = { $place ->
            [0] No, it does not suit me
           *[other] { $place }. No, it does not suit me
        }
    .decline-also = no; it does not suit
    .unwait = { $place ->
            [0] Leave the line
           *[other] { $place }. Leave the line
        }
offer-declined = All right, we offer this time to another family. You keep your turn in line.
offer-over = This time is gone: it has been offered to another family, or called off. Whether you are still in line you see under “My appointments”.
offer-number = Which time is it about?
    .label = An earlier time
waiting-line-of = Which line do you want to leave?
    .label = Line
day-waiting = { $count ->
        [one] { $count } family waits
       *[other] { $count } families wait
    } for an earlier time.
