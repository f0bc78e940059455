using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Statements that create and drop indexes and triggers in a named database, in their own words.</summary>
internal static class IndexSteps
{
    /// <summary>Creates an index from its text; what SQLite stores starts at the unqualified name, so it comes out byte for byte.</summary>
    public static AlterationStep Create(SqlIdentifier database, IndexSchema index) => new(
        $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {database.Quoted}.{index.Sql[index.Syntax.Name.Span.Start..]}",
        $"create index {index.Name}", "lang_createindex.html");

    public static AlterationStep Drop(SqlIdentifier database, SqlIdentifier index) => new(
        $"DROP INDEX {database.Quoted}.{index.Quoted}", $"drop index {index}", "lang_dropindex.html");

    public static AlterationStep Recreate(SqlIdentifier database, TriggerSchema trigger)
    {
        string rest = trigger.Sql[trigger.Syntax.Name.Span.Start..];
        return new AlterationStep(
            trigger.IsTemporary ? $"CREATE TEMP TRIGGER {rest}" : $"CREATE TRIGGER {database.Quoted}.{rest}",
            $"create trigger {trigger.Name} again, in its old place in the firing order", "lang_altertable.html, section 7, step 8");
    }
}
