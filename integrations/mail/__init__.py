"""Mail to clients: by SMTP, or into a folder where somebody can see it."""

from integrations.mail.folder import FolderMailer
from integrations.mail.smtp import SmtpMailer

__all__ = ["FolderMailer", "SmtpMailer"]
