"""The submitted copies as the institution reads them, one by one or as a pile."""
