"""Questions in other languages and scripts: asked in Chinese, answered in the language that they were asked in."""
