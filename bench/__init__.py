"""The benchmarks behind the numbers that this project promises.

`make bench` runs them all on a PostgreSQL and web servers of their own and writes results.md;
`python -m bench.run reply` runs one. Ratios come from rounds in which one thing and the other take
turns, so that other work on the machine slows both.
"""
