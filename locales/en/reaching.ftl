# Who can find a person whom messages do not reach; the steps towards them, for staff.

gobetween-none = Sometimes no chat takes our messages, and the phone is silent. Name somebody who can find you: we will only ask them to pass on that you should call the center. We will not say whom it is about, nor why we call.
gobetween-now = You have named: { $name }, { $phone }. If no message reaches you, we will only ask them to pass on that you should call the center.
gobetween = Who can find you if nothing arrives?
    .name = Name somebody
    .change = Name somebody else
    .remove = Ask nobody any more
    .menu = Change nothing
    .label = Who can find you
gobetween-name = What is your go-between called?
    .hint = A first name is enough, for example: Olena.
    .label = Name
gobetween-phone = Which number do we call?
    .hint = A phone number, for example: 067 123 45 67. You can send a contact.
    .label = Phone
gobetween-done = Recorded: { $name }, { $phone }. Please tell them yourself. We will call there only when nothing reaches you, and say nothing but the request to pass it on.
gobetween-removed = All right. We will ask nobody any more. If nothing reaches you, a person from the center will call you yourself.
gobetween-own = This is your own number. Please write another person’s number.
reach-line = { $at }: { $step }
reach-not-taken = { $channel } takes no messages.
reach-unopened = { $channel }: a message was not opened for seven days.
reach-ask = We ask whom the relative has named to pass it on.
reach-passed-on = Whom the relative has named will pass it on.
reach-not-passed-on = It could not be passed on through whom the relative has named.
reach-call = No channel is left: a person from the center calls.
