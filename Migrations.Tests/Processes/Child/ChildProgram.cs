using Migrations.Core;

namespace Migrations.Tests.Processes.Child;

/// <summary>
/// The test assembly as a program: an application that is upgraded, killed, raced and starved by tests. What happens is told
/// line by line on standard output, an error on standard error.
/// </summary>
internal static class ChildProgram
{
    public const int Success = 0;
    public const int TypedFailure = 1;
    public const int OtherFailure = 2;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            await Verb.RunAsync(args);
            return Success;
        }
        catch (MigrationsException exception)
        {
            await Console.Error.WriteLineAsync(ChildError.Of(exception).ToString());
            return TypedFailure;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
            return OtherFailure;
        }
    }
}
