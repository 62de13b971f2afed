"""What the names of files say of people."""

from app.modules.core.public import PersonalTexts
from app.modules.media.models import MediaFile

MEDIA_PEOPLE = PersonalTexts(MediaFile.name)
