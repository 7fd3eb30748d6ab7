"""The window: widgets and models on top of the services, nothing else. The only place that knows Qt."""
