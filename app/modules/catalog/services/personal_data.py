"""What products say of people."""

from app.kit.personal_texts import PersonalTexts
from app.modules.catalog.models import Product

CATALOG_PEOPLE = PersonalTexts(Product.name, Product.description)
