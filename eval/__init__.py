"""How often the system is right: gold questions, metrics, baselines, runs. Nothing imports it."""
