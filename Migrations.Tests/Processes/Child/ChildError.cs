using Migrations.Core;
using Migrations.Runner;

namespace Migrations.Tests.Processes.Child;

/// <summary>An error as it crosses from one process to another: its type, its problem or state where it has one, its message.</summary>
internal sealed record ChildError(string Type, string Problem, string Message)
{
    private const char Separator = '\t';

    public static ChildError Of(MigrationsException exception) => new(exception.GetType().Name, ProblemOf(exception), exception.Message);

    public static ChildError Parse(string text) => text.TrimEnd().Split(Separator, 3) is [{ } type, { } problem, { } message]
        ? new(type, problem, message)
        : new("", "", text);

    public override string ToString() => string.Join(Separator, Type, Problem, Message);

    private static string ProblemOf(Exception? exception) => exception switch
    {
        null => "",
        DatabaseUnusableException unusable => unusable.Problem.ToString(),
        UpgradeRefusedException refused => (refused.Status.Problem?.ToString() ?? refused.Status.State.ToString()),
        _ => ProblemOf(exception.InnerException),
    };
}
