# A family's own words at any moment: kept, and passed on to a human.

inbox-passed = Passed on to the center. Somebody there will read it and call you by { $by }.
inbox-empty = Everything that you wrote has been passed on to the center already.
