# Outages: a channel could bring no messages for a long time. Neutral for families: strangers may see it.

outage = There was an interruption: { $from } – { $to } we received no messages on { $channel ->
        [viber] Viber
       *[telegram] Telegram
    }. If you wrote then and there was no answer, please write again. Everything that you told us before is kept.
    .go-on = Go on
    .go-on-also = continue; next

outages = { $count ->
        [0] There were no outages.
       *[other] The last outages:
    }
outages-line = { $channel ->
        [viber] Viber
       *[telegram] Telegram
    } · { $began } – { $ended } · to be asked to write again: { $people }, asked so far: { $asked }
outages-now = We do not hear { $channel ->
        [viber] Viber
       *[telegram] Telegram
    } now, since { $since }. See whether the service’s address (PUBLIC_URL) can be reached from outside, and the internet from here.
