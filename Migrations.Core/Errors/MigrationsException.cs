namespace Migrations.Core;

/// <summary>
/// The base of every error this library raises of its own accord. The message is for people: what was refused, on which
/// object, why, and the way out; facts for programs are properties of the derived types. Whenever one is thrown by an
/// alteration the database is as it was before.
/// </summary>
public abstract class MigrationsException : Exception
{
    internal MigrationsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
