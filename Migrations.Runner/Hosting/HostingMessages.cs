using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Hosting;

/// <summary>What is logged of upgrades that a host does not wait for. Others come out of its start, which logs them.</summary>
internal static partial class HostingMessages
{
    [LoggerMessage(60, LogLevel.Critical, "The upgrade in the background failed; the host is being stopped.")]
    public static partial void FailedAndStops(ILogger logger, Exception exception);

    [LoggerMessage(61, LogLevel.Error, "The upgrade in the background failed; the host goes on without the database.")]
    public static partial void FailedAndGoesOn(ILogger logger, Exception exception);

    [LoggerMessage(62, LogLevel.Warning, "The upgrade in the background was cancelled, because the host stops. The next start goes on with it.")]
    public static partial void Cancelled(ILogger logger);
}
