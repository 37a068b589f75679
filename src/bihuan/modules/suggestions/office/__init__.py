"""What the office does with many suggestions at once: hands over, takes in, lists, looks at again."""
