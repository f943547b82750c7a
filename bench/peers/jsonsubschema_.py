"""jsonsubschema, ISSTA 2021."""

from __future__ import annotations

import jsonsubschema
from worker import serve

serve(jsonsubschema.isSubschema)
