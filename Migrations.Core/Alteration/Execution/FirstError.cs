namespace Migrations.Core.Alteration.Execution;

/// <summary>Work with a clean-up that never hides the work's own error.</summary>
internal static class FirstError
{
    /// <summary>The key under which an error of the clean-up is kept in the data of the first error.</summary>
    public const string CleanUpKey = "Migrations.CleanUpError";

    public static T Of<T>(Func<T> work, Action cleanUp)
    {
        T result;
        try
        {
            result = work();
        }
        catch (Exception first)
        {
            try
            {
                cleanUp();
            }
#pragma warning disable CA1031 // Whatever the clean-up throws, the first error is the one that tells what happened.
            catch (Exception second)
#pragma warning restore CA1031
            {
                first.Data[CleanUpKey] = second.ToString();
            }

            throw;
        }

        cleanUp();
        return result;
    }
}
