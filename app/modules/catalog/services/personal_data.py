"""What products say of people."""

from app.modules.catalog.models import Product
from app.modules.core.public import PersonalTexts

CATALOG_PEOPLE = PersonalTexts(Product.name, Product.description)
