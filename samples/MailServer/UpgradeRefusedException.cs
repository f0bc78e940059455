namespace MailServer;

/// <summary>The file can't be brought to the revision, with the way out.</summary>
internal sealed class UpgradeRefusedException(string message, Exception? innerException = null)
    : Exception(message, innerException);
