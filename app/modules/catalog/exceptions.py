"""What can go wrong with products."""

from app.kit.errors import Conflict, InvalidInput, NotFound, TooLarge


class ProductNotFound(NotFound):
    """No such product in this store, or it is deleted."""

    code = "product_not_found"


class SkuTaken(Conflict):
    """Another product of the store has this SKU."""

    code = "sku_taken"


class ProductFileTooLarge(TooLarge):
    """The file has more bytes or rows than are taken at once."""

    code = "product_file_too_large"


class ProductFileUnreadable(InvalidInput):
    """The file is no CSV in UTF-8 with the columns that products need."""

    code = "product_file_unreadable"


class ProductRowsInvalid(InvalidInput):
    """Rows of the file are wrong; `params["wrong"]` says how many, the first 50 are listed."""

    code = "product_rows_invalid"
