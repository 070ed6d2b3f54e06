"""The benchmarks: the product beside its peers, on real collections, in one run."""
