"""Languages: a page against its versions, and text in the wrong one."""
