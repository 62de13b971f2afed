"""The shell around every page, the audit log and the operator's view of kept mails."""
