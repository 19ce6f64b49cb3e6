"""One function per action that people take, named as they say it; it never commits and never calls a job."""
