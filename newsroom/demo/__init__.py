"""The demo newsroom, built from fixtures/ through the same verbs that people use."""
