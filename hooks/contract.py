"""Entry of the hooks beside the gate: contract.py MODE, see orchestrator/contract/hook.py.

Nothing that goes wrong in here holds work: it ends with 0, and says so.
"""

import sys

try:
    plugin = __file__.rpartition("/hooks/")[0]
    # In the installed package these files are in orchestrator/_plugin.
    sys.path.insert(0, plugin[:-21] if plugin.endswith("/orchestrator/_plugin") else plugin)
    from orchestrator.contract.hook import main

    main(sys.argv[1])
except Exception as error:
    why = type(error).__name__
    sys.stdout.write(f'{{"systemMessage": "pgwright: a hook failed, and the work goes on without it: {why}"}}')
