# Unusually many looks in a day.

look-reason-needed = You have opened or searched for unusually many cases today. Nothing is stopped: press why this one is needed, and it opens, if more slowly.
look-reason = Why is this case needed?
    .family-here = The family is here at the center
    .family-calls = The family is calling or writing
    .task = A call or papers in the queue
    .colleague = A colleague asks
    .label = Reason
budget-alarm = Unusually many looks today: { $name }, { $center }. Cases opened: { $cases }, searches: { $searches }. Access is not closed: each further look is slower and takes a reason. All of it is in the record, /audit.
