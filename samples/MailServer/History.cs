using System.Collections.Immutable;
using System.Reflection;

namespace MailServer;

/// <summary>The revisions that this program knows, in order.</summary>
internal static class History
{
    public static ImmutableArray<RevisionAttribute> Revisions { get; } =
    [
        .. typeof(History).Assembly.GetExportedTypes()
            .Select(type => type.GetCustomAttribute<RevisionAttribute>())
            .OfType<RevisionAttribute>()
            .OrderBy(revision => revision.Number),
    ];

    public static int Newest => Revisions[^1].Number;
}
