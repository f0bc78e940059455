using System.Globalization;
using System.Text.Json;
using Migrations.Runner.Files;

namespace Migrations.Runner.Locking;

/// <summary>
/// Who holds the upgrade lock, as it says itself in a file beside the lock: on Unix even reading the locked file is refused.
/// Only for messages; what cannot be written or read is left out. Immutable.
/// </summary>
internal sealed record LockHolder(int ProcessId, string Process, string Machine, DateTimeOffset Since)
{
    public static string PathFor(DatabaseFile file) => RealPath.Of(file.Path) + "-upgrade.holder";

    public static LockHolder Current()
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
        return new(process.Id, process.ProcessName, Environment.MachineName, TimeProvider.System.GetUtcNow());
    }

    /// <summary>The holder that the file names, null where there is none or it can't be read.</summary>
    public static LockHolder? Find(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), LockHolderJson.Default.LockHolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next holder writes it anew.
        }
    }

    public void Write(string path)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(this, LockHolderJson.Default.LockHolder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A waiting process then does not learn our name; the lock holds all the same.
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"process {ProcessId} ({Process}) on {Machine}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");
}
