"""Words: French typography, what was typed, names, comparison without accents."""
