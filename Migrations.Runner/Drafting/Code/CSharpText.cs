using System.Globalization;
using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Drafting.Code;

/// <summary>Values as C# literals.</summary>
internal static class CSharpText
{
    /// <summary>A string: plain where it can be, raw where quotes or backslashes would have to be escaped, else escaped.</summary>
    public static string Literal(string text)
    {
        bool isPlain = text.All(c => c != '\t' && !IsUnsafe(c));
        if (isPlain && !text.AsSpan().ContainsAny('"', '\\'))
        {
            return $"\"{text}\"";
        }

        return isPlain && text is not ['"', ..] and not [.., '"'] && !text.Contains("\"\"\"", StringComparison.Ordinal)
            ? $"\"\"\"{text}\"\"\""
            : Escaped(text);
    }

    /// <summary>A name as FluentMigrator takes it: it reads one that is in double quotes as quoted.</summary>
    public static string Name(SqlIdentifier name) => Literal(name.Name is ['"', .., '"'] ? name.Quoted : name.Name);

    public static string Names(IEnumerable<SqlIdentifier> names) => $"[{string.Join(", ", names.Select(Name))}]";

    /// <summary>Names as our own verbs take them, which read every name as it is.</summary>
    public static string EngineNames(IEnumerable<SqlIdentifier> names) => $"[{string.Join(", ", names.Select(name => Literal(name.Name)))}]";

    /// <summary>A statement on lines of its own, each after an indentation, where its characters allow it.</summary>
    public static string? RawLines(string text, string indentation)
    {
        string[] lines = text.Split('\n');
        if (lines.Any(line => line.Any(IsUnsafe)))
        {
            return null;
        }

        string quotes = "\"\"\"";
        while (text.Contains(quotes, StringComparison.Ordinal))
        {
            quotes += '"';
        }

        return string.Join('\n', [indentation + quotes, .. lines.Select(line => line.Length == 0 ? "" : indentation + line), indentation + quotes]);
    }

    private static string Escaped(string text)
    {
        StringBuilder escaped = new("\"");
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsUnsafe(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.Append('"').ToString();
    }

    // Ends of line to C#, marks of direction that hide what a text says, and halves of characters.
    private static bool IsUnsafe(char c) =>
        c != '\t' && char.GetUnicodeCategory(c)
            is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format
            or UnicodeCategory.Control or UnicodeCategory.Surrogate;
}
