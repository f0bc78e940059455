using System.Collections.Immutable;
using System.Text;
using Migrations.Core;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Code;

/// <summary>Writes the file of a drafted migration.</summary>
internal static class MigrationCode
{
    public static string Write(ImmutableArray<DraftOperation> up, ImmutableArray<DraftOperation> down, DraftOptions options)
    {
        string body = $"    public override void Up()\n    {{\n{Write(up)}    }}\n\n    public override void Down()\n    {{\n{Write(down)}    }}\n";
        bool losesData = up.Any(operation => operation.LosesData);
        return MigrationFile.Write(options, Usings(body, losesData), losesData, body);
    }

    private static string Write(ImmutableArray<DraftOperation> operations)
    {
        StringBuilder text = new();
        bool wasLong = false;
        foreach (DraftOperation operation in operations)
        {
            string written = Write(operation);
            bool isLong = written.AsSpan().TrimEnd('\n').Contains('\n');
            text.Append(text.Length > 0 && (isLong || wasLong) ? "\n" : "").Append(written);
            wasLong = isLong;
        }

        return text.ToString();
    }

    private static string Write(DraftOperation operation) => operation switch
    {
        CreateTable create => TableCode.Write(create).Write(),
        AlterTable alter => BatchCode.Write(alter).Write(),
        CreateIndex create => IndexCode.Write(create).Write(),
        DropTable drop => Plain(operation, $"Delete.Table({CSharpText.Name(drop.Table)});"),
        DeleteIndex drop => Plain(operation, $"Delete.Index({CSharpText.Name(drop.Index)}).OnTable({CSharpText.Name(drop.Table)});"),
        RenameTableOperation rename => Plain(
            operation, $"Rename.Table({CSharpText.Name(rename.Table)}).To({CSharpText.Name(rename.NewName)});"),
        RenameColumnOperation rename => Plain(
            operation,
            $"Rename.Column({CSharpText.Name(rename.Column)}).OnTable({CSharpText.Name(rename.Table)}).To({CSharpText.Name(rename.NewName)});"),
        RunSql run => (SqlCode.Write(run.Sql) with { Reviews = run.Reviews }).Write(),
        LeaveDifferences leave => Remarks(leave),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, message: null),
    };

    private static string Plain(DraftOperation operation, string statement) =>
        new Statement(statement, [], "") { Reviews = operation.Reviews }.Write();

    private static string Remarks(LeaveDifferences leave)
    {
        StringBuilder text = new();
        Statement.WriteReviews(
            text,
            [.. leave.Differences.Select(difference => $"This stays different, no verb can change it: {difference}")],
            "        ");
        return text.ToString();
    }

    private static IEnumerable<string> Usings(string body, bool losesData)
    {
        if (body.Contains("Rule.", StringComparison.Ordinal))
        {
            yield return "System.Data";
        }

        yield return "FluentMigrator";
        if (body.Contains("ReferentialAction.", StringComparison.Ordinal))
        {
            yield return typeof(ReferentialAction).Namespace!; // It is in one.
        }

        if (losesData || body.Contains("Alter.TableBatch(", StringComparison.Ordinal))
        {
            yield return typeof(Core.Authoring.LosesDataAttribute).Namespace!; // As above.
        }
    }
}
