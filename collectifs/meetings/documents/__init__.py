"""The papers of meetings: attendance, certificate, step sheet, season, calendar."""
