using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Migrations.Runner.Files;

namespace Migrations.Runner.Backup;

/// <summary>
/// The name of a backup's file: a stem that says which database it is of, the time in UTC, the newest version of each module, and an extension,
/// separated by dots: <c>mail.db.20261123T010203456Z.search-v5.v33.backup</c>. Immutable.
/// </summary>
internal sealed record BackupName(string Stem, DateTimeOffset Time, ImmutableArray<ModuleVersion> Versions)
{
    /// <summary>What a file is called until it is whole and checked.</summary>
    public const string Partial = ".partial";

    public const string Extension = ".backup";

    public const string DamagedExtension = ".damaged";

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    // The longest name of a file that common file systems take, less the longest suffix that SQLite and this library add.
    private static readonly int MaximumBytes = 255 - $"{Partial}-journal".Length;

    /// <summary>The name for what is left of a damaged database.</summary>
    public static string Damaged(string path, DateTimeOffset time) => $"{path}.{Stamp(time)}{DamagedExtension}";

    /// <summary>
    /// A name that a file system takes: where the modules are too many for it, the application's own and the first ones.
    /// </summary>
    public static BackupName Fitting(string stem, DateTimeOffset time, IEnumerable<ModuleVersion> versions)
    {
        BackupName name = new(stem, Milliseconds(time), [.. versions]);
        if (name.Fits)
        {
            return name;
        }

        ImmutableArray<ModuleVersion> byWeight = [.. name.Versions.OrderBy(version => version.Module.Length > 0)];
        do
        {
            byWeight = byWeight.RemoveAt(byWeight.Length - 1);
            name = name with { Versions = byWeight };
        }
        while (!name.Fits && !byWeight.IsEmpty);

        return name;
    }

    /// <summary>Reads a file name; null where it is not exactly what <see cref="ToString"/> gives for that stem.</summary>
    public static BackupName? Parse(string stem, string name)
    {
        string start = stem + ".";
        if (!name.StartsWith(start, FileNames.Comparison) || !name.EndsWith(Extension, StringComparison.Ordinal) || name.Length <= start.Length + Extension.Length)
        {
            return null;
        }

        string[] parts = name[start.Length..^Extension.Length].Split('.');
        if (!DateTime.TryParseExact(
            parts[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
        {
            return null;
        }

        ImmutableArray<ModuleVersion>.Builder versions = ImmutableArray.CreateBuilder<ModuleVersion>();
        foreach (string part in parts.Skip(1))
        {
            if (ParseVersion(part) is not { } version)
            {
                return null;
            }

            versions.Add(version);
        }

        BackupName parsed = new(name[..stem.Length], new(time), versions.ToImmutable());
        return string.Equals(parsed.ToString(), name, StringComparison.Ordinal) ? parsed : null;
    }

    /// <summary>Whether a file is an unfinished copy of that stem, or was kept by SQLite beside one.</summary>
    public static bool IsUnfinished(string stem, string name)
    {
        foreach (string suffix in BackupWriter.SideFiles.Prepend(""))
        {
            if (name.EndsWith(Partial + suffix, StringComparison.Ordinal))
            {
                string final = name[..^(Partial.Length + suffix.Length)];
                if (Parse(stem, final) is not null
                    || (final.EndsWith(DamagedExtension, StringComparison.Ordinal)
                        && Parse(stem, final[..^DamagedExtension.Length] + Extension) is { Versions.IsEmpty: true }))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public override string ToString()
    {
        StringBuilder name = new($"{Stem}.{Stamp(Time)}");
        foreach (ModuleVersion version in Versions)
        {
            name.Append('.');
            if (version.Module.Length > 0)
            {
                Escape(version.Module, name);
                name.Append('-');
            }

            name.Append(CultureInfo.InvariantCulture, $"v{version.Version}");
        }

        return name.Append(Extension).ToString();
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static ModuleVersion? ParseVersion(string part)
    {
        int separator = part.LastIndexOf("-v", StringComparison.Ordinal);
        string number = separator < 0 ? part : part[(separator + 1)..];
        return number.StartsWith('v') && long.TryParse(number.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long version)
            ? new(separator < 0 ? "" : Unescape(part[..separator]), version)
            : null;
    }

    // A dot separates modules here and may be part of a module's name. A module that only the database knows may have any name.
    private static void Escape(string module, StringBuilder name)
    {
        foreach (char c in module)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            {
                name.Append(c);
            }
            else if (c == '.')
            {
                name.Append('+');
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"~{(int)c:x4}");
            }
        }
    }

    private static string Unescape(string escaped)
    {
        StringBuilder module = new();
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '~' && i + 4 < escaped.Length
                && ushort.TryParse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort c))
            {
                module.Append((char)c);
                i += 4;
            }
            else
            {
                module.Append(escaped[i] == '+' ? '.' : escaped[i]);
            }
        }

        return module.ToString();
    }

    private bool Fits => Encoding.UTF8.GetByteCount(ToString()) <= MaximumBytes;
}
