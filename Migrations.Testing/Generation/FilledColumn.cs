using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>A column that an INSERT names, and the values that are tried in it.</summary>
internal sealed class FilledColumn
{
    private const int LongestRun = 64;

    private readonly ValueDomain domain;
    private readonly bool isStrict;
    private readonly Func<object?, bool> isAllowed;
    private readonly int shift;
    private readonly long firstNumber;
    private readonly ImmutableArray<object> candidates;
    private readonly ImmutableArray<Func<int, string>> texts;
    private int place;
    private int candidate;
    private bool isBarren;

    /// <summary>A column with nothing tried yet.</summary>
    /// <param name="schema">The column.</param>
    /// <param name="isStrict">Whether its table is STRICT.</param>
    /// <param name="isNullable">Whether it may hold NULL.</param>
    /// <param name="candidates">Values that its table's conditions speak of.</param>
    /// <param name="isAllowed">What the conditions on this column alone say of a value.</param>
    /// <param name="shift">Where in the first round of values this column begins, so that the special values of columns lie in different rows.</param>
    /// <param name="rowsThere">How many rows the table has already.</param>
    /// <param name="firstNumber">Above the numbers of a key that are taken.</param>
    public FilledColumn(
        ColumnSchema schema,
        bool isStrict,
        bool isNullable,
        IReadOnlyCollection<Candidates> candidates,
        Func<object?, bool> isAllowed,
        int shift,
        long rowsThere,
        long firstNumber)
    {
        Schema = schema;
        this.isStrict = isStrict;
        this.isAllowed = isAllowed;
        this.shift = rowsThere > 0 ? 0 : shift % TellingValues.Round;
        this.firstNumber = firstNumber;
        domain = ValueDomain.Of(schema, isStrict);
        this.candidates =
        [
            .. candidates
                .SelectMany(condition => condition.Values)
                .SelectMany(Stored)
                .DistinctBy(value => value is byte[] bytes ? Convert.ToHexString(bytes) : string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"), StringComparer.Ordinal)
                .Where(value => isAllowed(value)),
        ];
        texts = schema.Affinity is Affinity.Text or Affinity.Blob && domain.Kind != ValueKind.Blob ? [.. candidates.SelectMany(condition => condition.Texts)] : [];
        MayBeNull = isNullable && isAllowed(null);
        place = rowsThere > 0 ? TellingValues.Round + (int)Math.Min(rowsThere, int.MaxValue / 2) : 0;

        // Where most ordinary values are refused, those that the conditions name come first.
        PrefersCandidates = !this.candidates.IsEmpty && Enumerable.Range(0, TellingValues.Round).Count(i => isAllowed(Ordinary(i))) < TellingValues.Round / 3;
    }

    public ColumnSchema Schema { get; }

    public SqlIdentifier Name => Schema.Name;

    /// <summary>Whether a NULL may be tried.</summary>
    public bool MayBeNull { get; }

    /// <summary>Whether the values of conditions on it are tried before others.</summary>
    public bool PrefersCandidates { get; }

    /// <summary>The next value: another one each time, as long as the domain goes.</summary>
    public object? Next()
    {
        if (PrefersCandidates && candidate < candidates.Length)
        {
            return candidates[candidate++];
        }

        for (int i = 0; i < LongestRun && !isBarren; i++)
        {
            object value = Ordinary(place++);
            if (isAllowed(value))
            {
                return value;
            }
        }

        isBarren = true;
        foreach (Func<int, string> text in texts)
        {
            string value = text(place);
            if (value.Length <= domain.Length && isAllowed(value))
            {
                place++;
                return value;
            }
        }

        return candidates.IsEmpty ? Ordinary(place++) : candidates[candidate++ % candidates.Length];
    }

    /// <summary>A value by chance: one that conditions speak of, NULL, or a new one.</summary>
    public object? Any(SeededRandom random) =>
        MayBeNull && random.Chance(15) ? null
        : !candidates.IsEmpty && random.Chance(60) ? random.Pick(candidates)
        : !texts.IsEmpty && random.Chance(50) ? random.Pick(texts)(place++)
        : domain.Kind == ValueKind.Boolean ? (long)random.Next(2)
        : Next();

    private object Ordinary(int number)
    {
        if (Schema.IsRowIdAlias)
        {
            return RowId(number);
        }

        int shifted = number < TellingValues.Round ? (number + shift) % TellingValues.Round : number;
        if (domain.Kind == ValueKind.Boolean)
        {
            // Flags that don't all go together.
            return (long)((number >> (shift % 3)) & 1);
        }

        object value = TellingValues.At(domain, shifted);
        return value is long integer && firstNumber > 0 && integer < long.MaxValue - firstNumber ? firstNumber + Math.Abs(integer) : value;
    }

    // Gaps, one below zero, and one that a 32-bit number can't hold.
    private long RowId(int number) => (number, firstNumber) switch
    {
        (4, 0) => -7L,
        (6, 0) => 4_294_967_299L,
        _ => firstNumber + number + 1 + (number / 3 * 2),
    };

    // SQLite stores a whole REAL as an INTEGER in a NUMERIC column, so that no two candidates are the same there.
    private static object Exactly(object value) => value is double number && Math.Abs(number) < 1e15 && Math.Floor(number) == number ? (long)number : value;

    /// <summary>A value of a condition, as this column would store it.</summary>
    private IEnumerable<object> Stored(object value)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        switch (Schema.Affinity, value)
        {
            case (Affinity.Text, string text):
                return text.Length <= domain.Length ? [text] : [];
            case (Affinity.Text, long or double):
                return [Convert.ToString(value, invariant)!]; // A number always has a text.
            case (Affinity.Integer, long):
                return [value];
            case (Affinity.Integer, double number) when Math.Abs(number) < 1e15:
                return [(long)Math.Floor(number), (long)Math.Ceiling(number)];
            case (Affinity.Integer or Affinity.Numeric, string text) when long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out long number):
                return [number];
            case (Affinity.Numeric, string):
                return domain.Kind is ValueKind.Decimal or ValueKind.Boolean ? [] : [value];
            case (Affinity.Numeric, long or double):
                return [Exactly(value)];
            case (Affinity.Real, long number):
                return [(double)number];
            case (Affinity.Real, double):
                return [value];
            case (Affinity.Blob, _) when domain.Kind == ValueKind.Any:
            case (Affinity.Blob, byte[]):
                return value is byte[] bytes && bytes.Length > domain.Length ? [] : [value];
            case (Affinity.Blob, string text):
                return isStrict ? [System.Text.Encoding.UTF8.GetBytes(text)] : [System.Text.Encoding.UTF8.GetBytes(text), text];
            default:
                return [];
        }
    }
}
