"""The wording of the trade: numerals, dates, periods, organs, sessions, paper numbers, titles."""
