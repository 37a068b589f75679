"""Parts papers of several genres share: heads, proceedings, itemised findings, duties, figures."""
