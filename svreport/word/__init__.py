"""Word documents: templates filled, blocks laid in, finished files made and checked."""
