"""The verbs, each as the sentence that describes it."""
