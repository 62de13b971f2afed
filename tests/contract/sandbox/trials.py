"""For every endpoint: a request that works, and for parameters the two values to compare.

A value may name things of the scene in braces. Where nothing is said, values come from the
parameter's type. The third part of a trial is what the request needs besides.
"""

from tests.contract.sandbox.trials_of_invoices import TRIALS_OF_INVOICES
from tests.contract.sandbox.trials_of_selling import TRIALS_OF_SELLING

TRIALS = TRIALS_OF_SELLING | TRIALS_OF_INVOICES
