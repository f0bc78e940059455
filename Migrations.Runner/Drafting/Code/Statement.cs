using System.Collections.Immutable;
using System.Text;

namespace Migrations.Runner.Drafting.Code;

/// <summary>
/// A statement of C#: what it begins with, the links of its chain, each with remarks above it, and what it ends with. A link is made of
/// calls, between which a line may be broken. Immutable.
/// </summary>
internal sealed record Statement(string Head, ImmutableArray<StatementLink> Links, string End)
{
    private const int Columns = 120;

    private const string Indentation = "        ";

    public ImmutableArray<string> Reviews { get; init; } = [];

    /// <summary>Whether each link has a line of its own even where there is room.</summary>
    public bool IsList { get; init; }

    public string Write()
    {
        StringBuilder text = new();
        WriteReviews(text, Reviews, Indentation);
        string line = Indentation + Head + string.Concat(Links.SelectMany(link => link.Calls)) + End;
        if (line.Contains('\n', StringComparison.Ordinal)
            || (line.Length <= Columns && !(IsList && Links.Length > 1) && Links.All(link => link.Reviews.IsEmpty)))
        {
            return text.Append(line).Append('\n').ToString();
        }

        text.Append(Indentation).Append(Head);
        string indentation = Indentation + "    ";
        for (int i = 0; i < Links.Length; i++)
        {
            text.Append('\n');
            WriteReviews(text, Links[i].Reviews, indentation);
            WriteCalls(text, Links[i].Calls, indentation, i == Links.Length - 1 ? End.Length : 0);
        }

        return text.Append(End).Append('\n').ToString();
    }

    public static void WriteReviews(StringBuilder text, ImmutableArray<string> reviews, string indentation)
    {
        foreach (string review in reviews)
        {
            string line = indentation + "// REVIEW:";
            foreach (string word in review.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length + 1 + word.Length > Columns)
                {
                    text.Append(line).Append('\n');
                    line = indentation + "//";
                }

                line += " " + word;
            }

            text.Append(line).Append('\n');
        }
    }

    private static void WriteCalls(StringBuilder text, ImmutableArray<string> calls, string indentation, int reserved)
    {
        int length = indentation.Length;
        text.Append(indentation);
        for (int i = 0; i < calls.Length; i++)
        {
            int needed = calls[i].Length + (i == calls.Length - 1 ? reserved : 0);
            if (i > 0 && length + needed > Columns)
            {
                text.Append('\n').Append(indentation).Append("    ");
                length = indentation.Length + 4;
            }

            text.Append(calls[i]);
            length += calls[i].Length;
        }
    }
}
