"""What the processes of an instance share beside the database, where it has a Redis.

Nothing of it is needed: a value may be gone, a message may be lost, and both may be away for a
while. What matters stands in the database.
"""

from app.kit.shared.broadcast import Broadcast, Hear, broadcast, configure_broadcast
from app.kit.shared.cache import SharedCache, configure_shared_cache, shared_cache

__all__ = [
    "Broadcast",
    "Hear",
    "SharedCache",
    "broadcast",
    "configure_broadcast",
    "configure_shared_cache",
    "shared_cache",
]
