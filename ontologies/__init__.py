"""What a terminology is: values, graph and comparisons. No input, no output, no framework."""
