"""Every select(), one file per aggregate, always ordered; the only place that opens sealed columns."""
