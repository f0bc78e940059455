using System.Globalization;
using System.Text;

namespace Migrations.Runner.Drafting.Code;

/// <summary>The file of a migration: what stands around the bodies of Up and Down.</summary>
internal static class MigrationFile
{
    private const string Base = "Migration";

    // An empty body would be recorded as applied, and an empty Down as taken back.
    private const string EmptyBody = """
            public override void Up()
            {
                // Such as: Alter.Table("user").AddColumn("note").AsString().Nullable();
                throw new System.NotImplementedException("Say what this migration changes.");
            }

            public override void Down()
            {
                throw new System.NotImplementedException("Say how what Up changes is taken back.");
            }

        """;

    /// <summary>A migration of which nothing is known but its name: both ways are refused until somebody has written them.</summary>
    public static string WriteEmpty(DraftOptions options) =>
        Write(options, ["FluentMigrator"], losesData: false, EmptyBody.ReplaceLineEndings("\n"));

    public static string Write(DraftOptions options, IEnumerable<string> usings, bool losesData, string body)
    {
        StringBuilder file = new();
        foreach (string used in usings)
        {
            file.Append("using ").Append(used).Append(";\n");
        }

        if (options.Namespace.Length > 0)
        {
            file.Append("\nnamespace ").Append(options.Namespace).Append(";\n");
        }

        string description = options.Description == options.ClassName ? "" : $", {CSharpText.Literal(options.Description)}";
        file.Append(CultureInfo.InvariantCulture, $"\n[Migration({options.Version}{description})]\n");
        if (losesData)
        {
            file.Append("[LosesData(\"REVIEW: say why the data that Up drops may go\")]\n");
        }

        // A namespace of that name would stand before the class of that name.
        string type = options.Namespace.Split('.').Contains(Base, StringComparer.Ordinal) ? $"global::FluentMigrator.{Base}" : Base;
        return file.Append("public sealed class ").Append(options.ClassName).Append(" : ").Append(type).Append("\n{\n").Append(body).Append("}\n").ToString();
    }
}
