"""Meetings as people read them: the series, who came, situations, calendars."""
