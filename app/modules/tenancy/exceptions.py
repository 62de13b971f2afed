"""What can go wrong with tenants, people and signing in."""

from app.kit.errors import BadRequest, Conflict, Forbidden, NotFound, TooManyRequests


class PlatformNotFound(NotFound):
    """No such platform, or not within the asker's scope."""

    code = "platform_not_found"


class MerchantNotFound(NotFound):
    """No such merchant, or not within the asker's scope."""

    code = "merchant_not_found"


class StoreNotFound(NotFound):
    """No such store, or another tenant's."""

    code = "store_not_found"


class UserNotFound(NotFound):
    """No such user, or not within the asker's scope."""

    code = "user_not_found"


class PersonUnknown(NotFound):
    """Nothing is known of whoever has this mail address."""

    code = "person_unknown"


class MemberNotFound(NotFound):
    """No such member in this store."""

    code = "member_not_found"


class TokenNotFound(NotFound):
    """No such token among the asker's own."""

    code = "token_not_found"


class InvitationNotFound(NotFound):
    """The invitation does not exist, was used, withdrawn, or is older than 14 days."""

    code = "invitation_not_found"


class StoreRequired(BadRequest):
    """The asker has several stores and named none."""

    code = "store_required"


class WrongCredentials(BadRequest):
    """Mail and password do not belong together; which one is wrong is not said."""

    code = "wrong_credentials"


class WrongPassword(BadRequest):
    """The present password, asked for again, is wrong."""

    code = "wrong_password"


class LinkInvalid(BadRequest):
    """A link from a mail was used, is too old, or never existed."""

    code = "link_invalid"


class TooManySignIns(TooManyRequests):
    """Ten failed sign-ins within a minute for this address or account."""

    code = "too_many_sign_ins"


class EmailTaken(Conflict):
    """Another account has this mail address."""

    code = "email_taken"


class StoreCodeTaken(Conflict):
    """Another store has this code."""

    code = "store_code_taken"


class SubdomainTaken(Conflict):
    """Another store has this subdomain."""

    code = "subdomain_taken"


class PlatformCodeTaken(Conflict):
    """Another platform has this code."""

    code = "platform_code_taken"


class AlreadyMember(Conflict):
    """The person already belongs to this store."""

    code = "already_member"


class OwnerCannotBeMember(Conflict):
    """The person owns the merchant and may do everything already."""

    code = "owner_cannot_be_member"


class LastSuperAdmin(Conflict):
    """Nobody would be left who may do everything."""

    code = "last_super_admin"


class OwnerHasMerchants(Conflict):
    """An owner of merchants cannot become something else."""

    code = "owner_has_merchants"


class ScopeNotAllowed(Forbidden):
    """Nobody gives a token more than they may do themselves (D2)."""

    code = "scope_not_allowed"


class SessionNotFound(NotFound):
    """No such session among the asker's own."""

    code = "session_not_found"


class TooManyMails(TooManyRequests):
    """Several mails of the same kind were asked for within the hour."""

    code = "too_many_mails"


class AlreadyInvited(Conflict):
    """The person has an open invitation to this store."""

    code = "already_invited"


class NotInvited(Conflict):
    """The member has accepted already; there is no open invitation to send again."""

    code = "not_invited"


class OnlyInBrowser(Forbidden):
    """The account itself is looked after by a person, never by a token."""

    code = "only_in_browser"


class PlatformInactive(Conflict):
    """The platform takes no new stores."""

    code = "platform_inactive"


class MerchantInactive(Conflict):
    """The merchant is deactivated and takes no new stores."""

    code = "merchant_inactive"


class AdminCannotOwn(Conflict):
    """An admin's account cannot own a merchant."""

    code = "admin_cannot_own"


class MerchantBeyondScope(Forbidden):
    """The merchant sells on other platforms too, so a super admin has to decide."""

    code = "merchant_beyond_scope"
