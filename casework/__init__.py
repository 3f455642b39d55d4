"""What the service knows and promises: rules, commands and refusals, with no messenger, SQL or clock."""
