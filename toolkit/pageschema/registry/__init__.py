"""Frozen versions on disk: ``<registry>/<name>/<version>.json``, each exactly the text that is sent, written once.

Beside each stands ``<version>.sha256``, which ``sha256sum -c`` reads. It holds the digest of its version and of every
earlier one, so that a version deleted together with its own digest file is still missed. There is no index: what the
folder holds is the truth. ``<version>.saved.json`` tells where the API keeps the version, once it was pushed. Other
files (a model, results) may stand in the folder and are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.registry.folder import FaultKind, Frozen, RegistryFault
    from pageschema.registry.registry import Registry
    from pageschema.registry.saved import SavedAs, SavedRecords
else:
    __getattr__ = defer(
        __name__,
        {
            "folder": ["FaultKind", "Frozen", "RegistryFault"],
            "registry": ["Registry"],
            "saved": ["SavedAs", "SavedRecords"],
        },
    )

__all__ = ["FaultKind", "Frozen", "Registry", "RegistryFault", "SavedAs", "SavedRecords"]
