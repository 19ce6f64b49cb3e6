"""What Hypothesis draws texts from: every sign that a text can hold.

The same as its own `text()`, which tries first which of a million signs UTF-8 can write: more than a second of CPU in
each process of a run, where nobody kept the answer.
"""

from hypothesis import strategies as st

SIGNS = st.characters(exclude_categories=["Cs"])  # the halves of pairs, which no text holds
