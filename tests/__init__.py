"""The promises of the service, as visits."""
