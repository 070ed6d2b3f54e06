"""Desk: where editors write and reviewers sign; its own process and host, off by default.

Wagtail (extra ``desk``) gives accounts, pages with revisions, comparison, comments and autosave.
What it edits is the guide's Markdown in the library's folder (``mirror``); what binds is the
review ledger (`piamater.guides.review`), never a flag in its database.
"""
