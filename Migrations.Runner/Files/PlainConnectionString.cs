namespace Migrations.Runner.Files;

/// <summary>
/// Finds the file in a connection string that says little more than that, as most do. A start with nothing pending then need
/// not load what reads all of them.
/// </summary>
internal static class PlainConnectionString
{
    /// <summary>The data source; null where the string says anything that bears on how the file is read, or is not so plain.</summary>
    public static string? DataSource(string connectionString)
    {
        string? source = null;
        int start = 0;
        while (start < connectionString.Length)
        {
            int end = connectionString.IndexOf(';', start);
            end = end < 0 ? connectionString.Length : end;
            string part = connectionString.Substring(start, end - start).Trim();
            start = end + 1;
            if (part.Length == 0)
            {
                continue;
            }

            int equals = part.IndexOf('=');
            if (equals <= 0 || part.Contains('"') || part.Contains('\''))
            {
                return null;
            }

            string word = part.Substring(0, equals).Trim();
            string value = part.Substring(equals + 1).Trim();
            if (Is(word, "Data Source") || Is(word, "DataSource") || Is(word, "Filename"))
            {
                if (source is not null || !IsFile(value))
                {
                    return null;
                }

                source = value;
            }
            else if (!MattersNot(word, value))
            {
                return null;
            }
        }

        return source;
    }

    private static bool MattersNot(string word, string value) =>
        Is(word, "Mode") ? Is(value, "ReadWriteCreate") || Is(value, "ReadWrite")
        : (Is(word, "Pooling") || Is(word, "Foreign Keys") || Is(word, "Recursive Triggers")) && (Is(value, "True") || Is(value, "False"));

    // "=" begins a quoted "=", and names in brackets or with a colon may be more than names.
    private static bool IsFile(string value) =>
        value.Length > 0
        && !value.Contains('=')
        && !value.Contains('|')
        && value[0] != ':'
        && !value.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
