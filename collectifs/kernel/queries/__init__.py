"""Reading the installation itself: which one it is, its jobs, answers kept while a page is read."""
