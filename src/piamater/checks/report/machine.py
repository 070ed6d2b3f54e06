"""JSON: the contract of ``check --format json``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from piamater.checks.engine import Checked


def json_report(some: Sequence[Checked]) -> str:
    """One page as the contract's object; none or several as ``{"pages": [object, ...]}``."""
    forms = [one.to_json() for one in some]
    form: object = forms[0] if len(forms) == 1 else {"pages": forms}
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"
