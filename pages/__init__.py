"""What people see and touch: Streamlit only."""
