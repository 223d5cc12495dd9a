"""Groups and units: what an extract holds, a release with its figure, the capacity."""
