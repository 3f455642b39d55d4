"""`make soak`: half an hour of a mixed load on the service as it is started."""
