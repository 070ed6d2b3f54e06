"""Sources: how a file or a service becomes a Document, by readers and connectors."""
