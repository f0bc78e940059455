namespace MailServer;

/// <summary>The rows to try the history with don't fit into the database.</summary>
internal sealed class SeedRefusedException(string message, Exception innerException) : Exception(message, innerException);
