using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>The way from FluentMigrator's roots to the migration's expressions.</summary>
internal static class MigrationContextExtensions
{
    public static IMigrationContext GetContext(this IFluentSyntax root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root is IMigrationContextAccessor accessor
            ? accessor.GetMigrationContext()
            : throw new ArgumentException($"{root.GetType()} gives no access to the migration's expressions.", nameof(root));
    }
}
