"""The best assignment by OR-tools' min-cost flow: python ortools.py EDGES.csv APPLICATIONS EXPERTS EACH MOST"""

import resource
import sys

import numpy as np
from ortools.graph.python import min_cost_flow


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


edges = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.int64)
applications, experts, each, most = map(int, sys.argv[2:])
began = cpu()
sink = applications + experts
flow = min_cost_flow.SimpleMinCostFlow()
flow.add_arcs_with_capacity_and_unit_cost(
    edges[:, 0], edges[:, 1] + applications, np.ones(len(edges), dtype=np.int64), -edges[:, 2]
)
nodes = np.arange(applications, sink)
flow.add_arcs_with_capacity_and_unit_cost(
    nodes, np.full(experts, sink), np.full(experts, most), np.zeros(experts, dtype=np.int64)
)
flow.set_nodes_supplies(np.arange(applications), np.full(applications, each))
flow.set_node_supply(sink, -each * applications)
assert flow.solve() == flow.OPTIMAL
print(-flow.optimal_cost(), f"CPU {(cpu() - began) * 1000:.0f} ms")
