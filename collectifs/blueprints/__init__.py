"""One package per area: a view binds, calls one service, redirects or renders."""
