using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace Migrations.Tests.Status;

/// <summary>Runs something with the rights of a user who owns nothing, on a thread of its own (setfsuid(2) is per thread).</summary>
internal static class OtherUser
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> action)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root of a Linux system can take another user's rights: skipped");
        }

        T result = default!; // Assigned, or the error is thrown.
        ExceptionDispatchInfo? error = null;
        Thread thread = new(() =>
        {
            try
            {
                _ = SetGroup(Nobody);
                _ = SetUser(Nobody);
                result = action();
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }

#pragma warning disable SYSLIB1054 // The generated form needs unsafe code.
    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUser(uint id);

    [DllImport("libc", EntryPoint = "setfsgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroup(uint id);
}
