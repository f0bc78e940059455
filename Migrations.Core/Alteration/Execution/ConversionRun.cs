using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// The C# functions of one pass, known to SQLite for as long as the pass runs. They get a value and nothing else, for each value that
/// crosses over costs time. Where one throws, the statement stops, and all rows are asked again, so that the error shows the first ten it throws for and counts all.
/// </summary>
internal sealed class ConversionRun : IDisposable
{
    private const int Shown = 10;
    private const int MostOnStack = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly AlterationSession session;
    private readonly ImmutableArray<ConversionFunction> functions;
    private readonly ImmutableArray<string> keys;
    private Exception? first;
    private ConversionFunction? failed;
    private bool isRecounting;
    private string? refused;

    public ConversionRun(AlterationSession session, ImmutableArray<ConversionFunction> functions, ImmutableArray<string> keys)
    {
        this.session = session;
        this.functions = functions;
        this.keys = keys;
        foreach (ConversionFunction function in functions)
        {
            raw.sqlite3_create_function(session.Connection.Handle, function.SqlName, 1, function, Call);
        }
    }

    public void Dispose()
    {
        foreach (ConversionFunction function in functions)
        {
            raw.sqlite3_create_function(session.Connection.Handle, function.SqlName, 1, null, null);
        }
    }

    /// <summary>Throws if any row could not be converted, once all of them are counted.</summary>
    public void ThrowIfFailed()
    {
        if (failed is { } function)
        {
            (long count, ImmutableArray<RowSample> samples) = Recount(function);
            if (count == 0)
            {
                throw session.Failed(null, first!, $"column {function.Column} can't be converted: {first!.Message}"); // A function has failed.
            }

            throw new RowsRefusedException(
                session.Table.Name, function.Column.Name,
                $"Column {function.Column} of table {session.Table} can't be converted: {first!.Message} ({count} row{(count == 1 ? "" : "s")}: "
                + $"{string.Join("; ", samples)}). Correct these rows first, or widen the function.",
                count, samples, first);
        }
    }

    private (long Count, ImmutableArray<RowSample> Samples) Recount(ConversionFunction function)
    {
        isRecounting = true;
        try
        {
            return session.Run(function.Recount, command => Recount(command));
        }
        catch (Exception e) when (e is AlterationFailedException or InvalidOperationException)
        {
            // The function's own statements may end the transaction, and with it every statement that calls it: its error came first.
            throw session.Failed(null, first!, $"column {function.Column} can't be converted: {first!.Message}"); // A function has failed.
        }
        finally
        {
            isRecounting = false;
        }
    }

    /// <summary>A row is computed in the very step that gives it, so what fails in between is the row in hand.</summary>
    private (long Count, ImmutableArray<RowSample> Samples) Recount(SqliteCommand command)
    {
        long count = 0;
        ImmutableArray<RowSample>.Builder samples = ImmutableArray.CreateBuilder<RowSample>();
        refused = null;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (refused is not null)
            {
                count++;
                if (samples.Count < Shown)
                {
                    samples.Add(new RowSample(string.Join(" AND ", keys.Select((key, index) => $"{key} = {Literal(reader.GetValue(index))}")), refused));
                }
            }

            refused = null;
        }

        return (count, samples.ToImmutable());
    }

    private static object? Read(sqlite3_value value)
    {
        switch (raw.sqlite3_value_type(value))
        {
            case raw.SQLITE_INTEGER:
                return raw.sqlite3_value_int64(value);
            case raw.SQLITE_FLOAT:
                return raw.sqlite3_value_double(value);
            case raw.SQLITE_TEXT:
                // As text first, so that the bytes are UTF-8 in a UTF-16 database too; as bytes then, so that a NUL does not end them.
                _ = raw.sqlite3_value_text(value);
                return StrictUtf8.GetString(raw.sqlite3_value_blob(value));
            case raw.SQLITE_BLOB:
                return raw.sqlite3_value_blob(value).ToArray();
            default:
                return null;
        }
    }

    private static void Write(sqlite3_context context, object? value)
    {
        switch (value)
        {
            case long integer:
                raw.sqlite3_result_int64(context, integer);
                break;
            case null or DBNull:
                raw.sqlite3_result_null(context);
                break;
            case int or short or byte or sbyte or ushort or uint:
                raw.sqlite3_result_int64(context, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                raw.sqlite3_result_int64(context, truth ? 1 : 0);
                break;
            case double.NaN or float.NaN:
                throw new NotSupportedException("NaN can't be stored: SQLite would make it NULL");
            case double or float:
                raw.sqlite3_result_double(context, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case "":
                // An empty span is a null pointer, and SQLite takes a null pointer for NULL.
                raw.sqlite3_result_text(context, "");
                break;
            case string text:
                Write(context, text);
                break;
            case byte[] { Length: 0 }:
                raw.sqlite3_result_zeroblob(context, 0);
                break;
            case byte[] bytes:
                raw.sqlite3_result_blob(context, bytes);
                break;
            default:
                throw new NotSupportedException(
                    $"a value of type {value.GetType()} can't be stored: return null, a number, a bool, a string or a byte array");
        }
    }

    // SQLite takes a copy; of a short text nothing is left for the collector.
    private static void Write(sqlite3_context context, string text)
    {
        if (StrictUtf8.GetMaxByteCount(text.Length) > MostOnStack)
        {
            raw.sqlite3_result_text(context, StrictUtf8.GetBytes(text));
            return;
        }

        Span<byte> bytes = stackalloc byte[MostOnStack];
        raw.sqlite3_result_text(context, bytes[..StrictUtf8.GetBytes(text, bytes)]);
    }

    private void Call(sqlite3_context context, object state, sqlite3_value[] arguments)
    {
        ConversionFunction function = (ConversionFunction)state;
        try
        {
            Write(context, function.Function(Read(arguments[0])));
        }
#pragma warning disable CA1031 // The function is the author's: whatever it throws is reported with its row, and nothing is changed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            first ??= e;
            failed ??= function;
            if (function == failed)
            {
                refused = Literal(arguments[0]);
            }

            if (isRecounting)
            {
                raw.sqlite3_result_null(context);
            }
            else
            {
                // An UPDATE has to stop here: rows that it has written could not be asked again.
                raw.sqlite3_result_error(context, utf8z.FromString(e.Message));
            }
        }
    }

    private static string Literal(sqlite3_value value) => Literal(raw.sqlite3_value_type(value) switch
    {
        // Bytes that are no UTF-8 can be why the function was not even called.
        raw.SQLITE_TEXT => raw.sqlite3_value_text(value).utf8_to_string(),
        _ => Read(value),
    });

    private static string Literal(object? value) => value switch
    {
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        string text => SqlText.Literal(text),
        byte[] bytes => $"x'{Convert.ToHexString(bytes.AsSpan(0, Math.Min(32, bytes.Length)))}'",
        _ => "NULL",
    };
}
