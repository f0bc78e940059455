using Migrations.Tests.Support;

namespace Migrations.Tests.Drafting;

/// <summary>A database with another one's schema, as it stands, and no rows.</summary>
internal static class EmptyCopy
{
    public static TestDatabase Of(TestDatabase model)
    {
        TestDatabase copy = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = OFF");
        foreach (object?[] row in model.Rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid"))
        {
            copy.Execute((string)row[0]!); // The query asks for those with a text.
        }

        return copy;
    }
}
