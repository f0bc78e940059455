using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Asks the questions of a plan before its first write, and refuses with the rows that stand in the way.</summary>
internal static class PreflightRun
{
    private const int Shown = 10;
    private const int Longest = 100;

    /// <summary>Asks one question; <paramref name="cause"/> is what SQLite said before it was asked, if it did.</summary>
    public static void Run(AlterationSession session, Preflight preflight, ConversionRun conversions, Exception? cause = null)
    {
        RequireCompiled(session, preflight.Sql);
        ImmutableArray<RowSample> samples;
        long count;
        try
        {
            samples = Samples(session, preflight);
            count = samples.Length < Shown ? samples.Length : session.Count($"SELECT count(*) FROM ({preflight.Sql})");
        }
        catch (AlterationFailedException)
        {
            conversions.ThrowIfFailed();
            throw;
        }

        conversions.ThrowIfFailed();
        if (samples.IsEmpty)
        {
            return;
        }

        throw new RowsRefusedException(
            session.Table.Name,
            preflight.Column?.Name,
            $"Altering table {session.Table} was refused: {preflight.Problem} "
            + $"({count} {(preflight.IsOfGroups ? "value" : "row")}{(count == 1 ? "" : "s")}: {string.Join("; ", samples)}"
            + $"{(count > samples.Length ? "; ..." : "")}). {preflight.WayOut}",
            count,
            samples,
            cause);
    }

    /// <summary>A statement that holds the author's text and does not compile is the author's to correct.</summary>
    public static void RequireCompiled(AlterationSession session, string sql)
    {
        if (session.CompilationError(sql) is { } error)
        {
            throw new AlterationRefusedException(
                session.Table.Name, $"Altering table {session.Table} was refused: an expression does not compile: {error}. "
                + "Check its columns, functions and collations; a string stands in single quotes.");
        }
    }

    private static ImmutableArray<RowSample> Samples(AlterationSession session, Preflight preflight) =>
        session.Run($"{preflight.Sql} LIMIT {Shown}", command =>
        {
            ImmutableArray<RowSample>.Builder samples = ImmutableArray.CreateBuilder<RowSample>();
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                string key = string.Join(" AND ", preflight.KeyNames.Select((name, index) => $"{name} = {Short(reader, index)}"));
                samples.Add(new RowSample(key, preflight.ShowsValue ? Value(preflight, reader) : null));
            }

            return samples.ToImmutable();
        });

    private static string Value(Preflight preflight, SqliteDataReader reader) => preflight.IsOfGroups
        ? $"{reader.GetInt64(preflight.KeyNames.Length).ToString(CultureInfo.InvariantCulture)} times"
        : Short(reader, preflight.KeyNames.Length);

    private static string Short(SqliteDataReader reader, int ordinal)
    {
        string text = reader.IsDBNull(ordinal) ? "NULL" : reader.GetString(ordinal);
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }
}
