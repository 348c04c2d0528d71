"""Tables drawn without rules, or with rules across only."""
