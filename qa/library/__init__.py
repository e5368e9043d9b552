"""The keeper's side: files brought in, taken out, listed, corrected and watched."""
