"""Files handed to people: workbooks and, later, documents."""
