"""Finding claims by words: in the statement, the claimant's name, topics and quotes, in any language.

The index is kept in step by the database itself (schema.py); what is asked is read in words.py.
"""

from claims.search.finding import Hit, matching, ranked
from claims.search.schema import astray, install, rebuild
from claims.search.words import Words

__all__ = ["Hit", "Words", "astray", "install", "matching", "ranked", "rebuild"]
