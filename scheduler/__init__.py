"""The clock: what runs by itself. The only place that knows APScheduler."""
