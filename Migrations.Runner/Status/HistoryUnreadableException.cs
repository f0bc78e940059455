namespace Migrations.Runner.Status;

/// <summary>A version table that can't be read; becomes a state of the database and leaves this library as such.</summary>
internal sealed class HistoryUnreadableException(string message) : Exception(message);
