namespace MailServer;

/// <summary>The program was called in a way that it doesn't understand.</summary>
internal sealed class UsageException(string message) : Exception(message);
