"""Who may sign in to the page."""
