# A second chat or browser of the same person: a code shown here, typed there, confirmed here.

link = To add another chat or browser, get a code here and type it there with the command /link. If your other device shows a code already, write it here.
    .show = Show a code
    .show-also = code
    .label = Code
    .hint = Type only a code that you have just received yourself. If somebody sent you a code, do not type it: it is fraud.
link-code = Your code: { $code }. It works until { $until } Kyiv time, once. In the new chat or browser, write /link and this code. Tell it to nobody: staff never ask for it.
link-asked = Your code was typed on another device. Was it you? Once confirmed, that device will see everything of yours.
linked = Was it you who typed the code on another device?
    .yes = Yes, it was me
    .yes-also = yes
    .no = No, it was not me
    .no-also = no
    .label = Confirmation
link-id = Which code is it?
    .label = Code
link-confirm-there = The code is right. Now confirm it on the device that shows it.
link-wrong = This code does not work: there is a mistake in it, or its time is over. Get a new one on your other device.
link-too-often = Too many tries. Please try again in an hour.
link-old = This code no longer works. If it was you, get a new one: /link.
link-refused = Refused. That device has seen nothing. If it was not you who typed the code, show it to nobody.
link-has-reports = This chat has reports of its own, so it cannot be joined here. Choose “Talk to a person”: staff of the center will help, nothing is lost.
link-not-from-staff = This is a staff member’s chat. A code is shown here and typed in the new chat.
link-busy = Somebody is writing on the other device just now. Please try again in a minute.
link-done = Joined. You can use both now.
link-welcome = This chat is joined to yours. It shows the same as the other: write /menu.
unclear-link-code = A code has eight letters and digits, for example: ABCD-2345.
