"""What the names of files say of people."""

from app.kit.personal_texts import PersonalTexts
from app.modules.media.models import MediaFile

MEDIA_PEOPLE = PersonalTexts(MediaFile.name)
