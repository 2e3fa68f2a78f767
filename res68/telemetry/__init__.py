"""What the service tells of its own work: a line a request, metrics, spans, and slow operations whole."""
