using System.Globalization;
using System.Text.Encodings.Web;
using Migrations.Runner;

namespace MailServer.Web;

/// <summary>The status page, as HTML in which every value is encoded.</summary>
internal static class StatusPage
{
    /// <summary>The page while the database is not to be used. It asks again by itself.</summary>
    public static string NotReady(DatabaseReadiness readiness) => Page(
        Health.Word(readiness.State),
        readiness.State == ReadinessState.Failed ? "" : """<meta http-equiv="refresh" content="1">""",
        Html($"<p>{Health.Line(readiness)}</p>"));

    /// <summary>What the database holds.</summary>
    public static string Of(DatabaseStatus status, IReadOnlyList<DatabaseBackup> backups, MailDatabase database) => Page(
        status.CanUpgrade ? "ready" : "failed",
        "",
        Html($"<p>{status.Message}</p>")
            + Table("Tables", ["Table", "Rows"], (status.CanUpgrade ? database.Tables() : [])
                .Select(table => new object[] { table, database.CountRows(table) }))
            + Table("Applied", ["Version", "Migration"], status.Modules.SelectMany(module => module.Applied).Reverse().Select(Row))
            + Table("Pending", ["Version", "Migration"], status.Modules.SelectMany(module => module.Pending).Select(Row))
            + Table("Backups", ["Made", "File", "Bytes"], backups
                .Select(backup => new object[] { backup.CreatedAt, backup.Path, backup.Size })));

    private static object[] Row(MigrationIdentity migration) => [migration.Version, migration.Name];

    private static string Page(string state, string head, string body) =>
        $"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}"""
        + Html($"<title>Mail server: {state}</title></head><body><h1>Mail server: {state}</h1>")
        + body + "</body></html>\n";

    private static string Table(string title, string[] columns, IEnumerable<object[]> rows)
    {
        string lines = string.Concat(rows.Select(row => $"<tr>{Cells(row)}</tr>"));
        return lines.Length == 0
            ? ""
            : Html($"<h2>{title}</h2>") + $"<table><tr>{string.Concat(columns.Select(column => Html($"<th>{column}</th>")))}</tr>{lines}</table>";
    }

    private static string Cells(object[] values) => string.Concat(values.Select(value => Html($"<td>{value}</td>")));

    private static string Html(FormattableString text) => string.Format(
        CultureInfo.InvariantCulture,
        text.Format,
        [.. text.GetArguments().Select(value => HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))]);
}
