"""The rule of the race in OpenFisca, float64, half up by hand; called by the example `race`."""

import sys
import time

import numpy
from openfisca_core import periods, variables
from openfisca_core.entities import Entity
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import openfisca_core.variables.config as config

config.VALUE_TYPES[float]["dtype"] = numpy.float64
NAMES = ["sales", "before", "research", "staff", "scientists", "patents", "founded", "grade", "here", "listed"]
MONEY = {"sales", "before", "research"}
PERIOD = "2026"
Firm = Entity("firm", "firms", "", "", )
Firm.is_person = True


def variable(name, kind, formula=None):
    body = {"value_type": kind, "entity": Firm, "definition_period": periods.YEAR, "label": name}
    if formula:
        body["formula"] = formula
    return type(name, (Variable,), body)


def half_up(value):
    return numpy.floor(value * 100 + 0.5) / 100


def required(firm, period):
    sales = firm("sales", period)
    return numpy.where(sales < 50_000_000, 0.05, numpy.where(sales < 200_000_000, 0.04, 0.03))


def eligible(firm, period):
    sales, research, staff = firm("sales", period), firm("research", period), firm("staff", period)
    return (
        firm("here", period)
        & ~firm("listed", period)
        & (firm("founded", period) <= 19_723)
        & (sales >= 2_000_000)
        & (research >= 100_000)
        & (research / sales >= firm("required", period))
        & (staff >= 10)
        & (firm("scientists", period) / staff >= 0.1)
        & (firm("patents", period) >= 1)
        & (firm("grade", period) <= 2)
    )


def basic(firm, period):
    research = firm("research", period)
    low, middle = numpy.minimum(research, 5e6), numpy.clip(research - 5e6, 0, 15e6)
    return half_up(low * 0.10 + middle * 0.08 + numpy.maximum(research - 20e6, 0) * 0.05)


def bonus(firm, period):
    sales, before = firm("sales", period), firm("before", period)
    return numpy.where((sales - before) / before >= 0.2, half_up(firm("research", period) * 0.02), 0.0)


def award(firm, period):
    amount = numpy.minimum(firm("basic", period) + firm("bonus", period), 10e6)
    return numpy.where(firm("eligible", period), amount, 0.0)


def main():
    path, rows, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    table = numpy.fromfile(path, dtype="<i8").reshape(len(NAMES) + 1, rows)
    system = TaxBenefitSystem([Firm])
    for name in NAMES:
        kind = float if name in MONEY else bool if name in ("here", "listed") else int
        system.add_variable(variable(name, kind))
    for formula, kind in [(required, float), (eligible, bool), (basic, float), (bonus, float), (award, float)]:
        system.add_variable(variable(formula.__name__, kind, formula))
    inputs = {}
    for name, column in zip(NAMES, table):
        inputs[name] = column / 100 if name in MONEY else column.astype(bool if name in ("here", "listed") else numpy.int32)
    fewest, found = None, None
    for _ in range(times):
        simulation = SimulationBuilder().build_default_simulation(system, rows)
        for name in NAMES:
            simulation.set_input(name, PERIOD, inputs[name])
        before = time.thread_time_ns()
        found = simulation.calculate("award", PERIOD)
        spent = time.thread_time_ns() - before
        fewest = spent if fewest is None else min(fewest, spent)
    assert found.dtype == numpy.float64, found.dtype
    exact = table[len(NAMES)]
    wrong = int((numpy.rint(found * 100).astype("<i8") != exact).sum())
    print(f"OpenFisca float64         {fewest / rows:7.1f} ns per application; {wrong} awards of {rows} are not exact")


main()
