"""What every module stands on: database, clocks, errors, pages, jobs. No business words."""
