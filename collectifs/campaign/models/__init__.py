"""Tables of a campaign: `calls` (the call and its candidacies); drafts of collectives stand beside."""
