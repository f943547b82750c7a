"""Every profile, the default first. A new one is a file in this folder, an import and a line here."""

from pageschema import jsontext
from pageschema.errors import InvalidTarget
from pageschema.linting.profile import Profile
from pageschema.linting.profiles.anthropic import ANTHROPIC
from pageschema.linting.profiles.azure import AZURE
from pageschema.linting.profiles.datalab import DATALAB
from pageschema.linting.profiles.datalab_open import DATALAB_OPEN
from pageschema.linting.profiles.extend import EXTEND
from pageschema.linting.profiles.gemini import GEMINI
from pageschema.linting.profiles.llamaextract import LLAMAEXTRACT
from pageschema.linting.profiles.openai import OPENAI

PROFILES: tuple[Profile, ...] = (DATALAB, DATALAB_OPEN, OPENAI, ANTHROPIC, GEMINI, LLAMAEXTRACT, EXTEND, AZURE)


def profile_named(name: str) -> Profile:
    """Return the profile of that name.

    Raises:
        InvalidTarget: There is none.
    """
    for profile in PROFILES:
        if profile.name == name:
            return profile
    raise InvalidTarget(
        f"no profile is called {jsontext.clip(name)!r}",
        remedy=f"known are {', '.join(profile.name for profile in PROFILES)}",
    )
