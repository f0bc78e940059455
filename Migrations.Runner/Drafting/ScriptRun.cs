using System.Globalization;
using System.Text;
using Migrations.Core;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Runner.Drafting;

/// <summary>Runs a script that somebody wrote, statement by statement, on a database in memory out of which it can't reach.</summary>
internal sealed class ScriptRun(sqlite3 database, string sql, string name, CancellationToken cancellationToken)
{
    // sqlite3.h: action code, and the answer that makes a statement fail.
    private const int AttachAction = 24;
    private const int Deny = 1;

    private readonly byte[] script = Encoding.UTF8.GetBytes(sql);

    /// <summary>Runs all of it.</summary>
    /// <exception cref="SqlSyntaxException">SQLite refuses a statement.</exception>
    public void Run()
    {
        // ATTACH and VACUUM INTO would reach files.
        strdelegate_authorizer authorize = (_, action, _, _, _, _) => action == AttachAction ? Deny : raw.SQLITE_OK;
        raw.sqlite3_set_authorizer(database, authorize, null);
        for (int start = 0; start < script.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            start = RunStatement(start);
        }
    }

    private int RunStatement(int start)
    {
        ReadOnlySpan<byte> rest = script.AsSpan(start);
        int result = raw.sqlite3_prepare_v2(database, rest, out sqlite3_stmt statement, out ReadOnlySpan<byte> tail);
        int end = script.Length - tail.Length;
        using (statement)
        {
            if (result != raw.SQLITE_OK)
            {
                return EndOfInternalTable(start) ?? throw Refused(result, start, end);
            }

            // SQLite takes a NUL for the end of what it was given.
            if (end <= start)
            {
                throw Refused("a NUL character", start);
            }

            if (statement.IsInvalid)
            {
                return end;
            }

            do
            {
                result = raw.sqlite3_step(statement);
            }
            while (result == raw.SQLITE_ROW);

            return result == raw.SQLITE_DONE ? end : throw Refused(result, start, start);
        }
    }

    // The shell's .schema writes the tables that SQLite makes by itself, and nobody else may make.
    private int? EndOfInternalTable(int start)
    {
        string rest = Encoding.UTF8.GetString(script, start, script.Length - start);
        SqlToken[] tokens = [.. SqlLexer.Tokenize(rest)];
        int end = Array.FindIndex(tokens, token => token.Span.TextIn(rest) == ";");
        SqlToken[] words =
        [
            .. tokens.Take(end < 0 ? tokens.Length : end)
                .Where(token => token.Kind is not (SqlTokenKind.Whitespace or SqlTokenKind.Comment))
                .Take(3),
        ];
        bool isInternal = words is [_, _, _]
            && new SqlIdentifier(words[0].Span.TextIn(rest)) == "CREATE"
            && new SqlIdentifier(words[1].Span.TextIn(rest)) == "TABLE"
            && words[2].Span.TextIn(rest).TrimStart('"', '\'', '[', '`').StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);
        return isInternal && end >= 0 ? start + Encoding.UTF8.GetByteCount(rest.AsSpan(0, tokens[end].Span.End)) : null;
    }

    private SqlSyntaxException Refused(int result, int start, int end)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string message = raw.sqlite3_errmsg(database).utf8_to_string();

        // What is wrong with a word was found where it stands, all else at the end of the statement.
        return result == raw.SQLITE_AUTH
            ? Refused("it would reach another file, and is not run here (ATTACH, VACUUM INTO)", start)
            : message.StartsWith("near ", StringComparison.Ordinal) || message.StartsWith("unrecognized token", StringComparison.Ordinal)
                ? Refused(message, Math.Max(start, end - 1), isExact: true)
                : Refused(message, start);
    }

    private SqlSyntaxException Refused(string reason, int at, bool isExact = false)
    {
        int position = Encoding.UTF8.GetCharCount(script.AsSpan(0, at));
        if (!isExact)
        {
            foreach (SqlToken token in SqlLexer.Tokenize(sql[position..]).TakeWhile(token => token.Kind is SqlTokenKind.Whitespace or SqlTokenKind.Comment))
            {
                position += token.Span.Length;
            }
        }

        return new SqlSyntaxException(
            string.Create(CultureInfo.InvariantCulture, $"\"{name}\", line {SqlSyntaxException.Locate(sql, position).Line}: {reason}. Correct it, and start again; nothing was written."),
            sql,
            position);
    }
}
