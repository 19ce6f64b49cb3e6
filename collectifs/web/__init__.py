"""HTTP plumbing shared by the blueprints; it is handed loaders and rules, and knows neither table nor query."""
