enum ApusTestingX {}
