"""The place of tables: reading across cases."""
