# Photos and papers that nothing asked for, and voice messages: kept, and we ask what they are for.

sent = Please send the photo or the paper now. You can send several.
    .more = { $files ->
        [0] Noted. Send a file, or press “That is all”.
        [one] We have { $files } file. Send the next one, or press “That is all”.
       *[other] We have { $files } files. Send the next one, or press “That is all”.
    }
    .label = What you sent
sent-kept = We have kept what you sent: { $what }. For now only you can see it.
sent-kept-alone = We have kept what you sent: { $what }. For now only you can see it. If it belongs to a report that you are still filing, press “Back”: the files stay, and the menu leads back to them.
sent-for = What is it for?
    .photo = A photo for the search
    .photo-also = photo; picture; search
    .papers = A paper on the family tie
    .papers-also = paper; papers; document; documents
    .other = Something else: pass it on to the center
    .other-also = other; something else; pass on
    .drop = Sent by mistake, erase it
    .drop-also = erase; delete; mistake
    .label = What for
    .hint = After this we return to the question where you were.
sent-dropped = { $files ->
    [0] Nothing was kept.
    [one] The file is erased.
   *[other] The files are erased.
}

voice-kept = Your recording is kept and passed on to the center. A person will listen to it and answer you here.
call-typed-phone = We will call the number that you have already written: { $phone }.
