# Reference data: what staff keep stands in the database; here are the frames that its words go into.

reference-line = { $name }: { $phone }
reference-step = { $number }. { $name }
