"""CRM Cockpit's core: everything but the screen. It never imports streamlit."""
