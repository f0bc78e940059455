using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;

namespace Migrations.Runner.Backup;

/// <summary>
/// What the names of a database's backups in a folder begin with, and those of no other database there. In the database's own folder its
/// file name is enough: <c>app.db</c>. Any other folder may hold backups of many databases of one name; there a mark follows, made of the
/// database's real path: <c>app.db-tenant1-3f9a2c1d5b7e0461</c>.
/// </summary>
internal static class BackupStem
{
    // The longest part of a name for people to read: a GUID with its dashes.
    private const int LongestFolder = 36;

    // What is left of the 255 bytes that a name may have, where they are many, is for the time and the versions.
    private const int MostBytes = 120;

    // Of the SHA-256: databases by the million don't meet in 64 bits.
    private const int DigestBytes = 8;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The stem of names in a folder.</summary>
    public static string Of(DatabaseFile file, string folder)
    {
        string name = Path.GetFileName(file.Path);
        if (file.IsInMemory)
        {
            return name;
        }

        string real = RealPath.Of(file.Path);
        string own = Path.GetDirectoryName(real) ?? "";
        return FileNames.Comparer.Equals(RealPath.Of(folder), own) ? name : Marked(name, real, Path.GetFileName(own));
    }

    /// <summary>
    /// Whether a file is named like a backup of a database of this name, be it one elsewhere: who names a backup may restore one from before
    /// the database was moved.
    /// </summary>
    public static bool IsOfName(string database, string backup)
    {
        int end = backup.Length > database.Length ? backup.IndexOf('.', database.Length) : -1;
        return end >= 0
            && backup.StartsWith(database, FileNames.Comparison)
            && (end == database.Length || IsMark(backup.AsSpan(database.Length, end - database.Length)))
            && BackupName.Parse(backup[..end], backup) is not null;
    }

    private static bool IsMark(ReadOnlySpan<char> text) =>
        text.Length > 2 * DigestBytes && text[0] == '-' && text[^(2 * DigestBytes + 1)] == '-' && !text[^(2 * DigestBytes)..].ContainsAnyExcept(LowerHex);

    // The folder is for people, and may be cut or written otherwise: the digest alone tells databases apart. No part of a mark has a dot,
    // which ends the stem.
    private static string Marked(string name, string real, string folder)
    {
        StringBuilder stem = new(name);
        string readable = folder[..Math.Min(folder.Length, Math.Clamp(MostBytes - Encoding.UTF8.GetByteCount(name), 0, LongestFolder))];
        if (readable.Length > 0)
        {
            stem.Append('-');
            foreach (char c in readable)
            {
                stem.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
            }
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(FileNames.Fold(real)));
        return stem.Append('-').Append(Convert.ToHexStringLower(digest, 0, DigestBytes)).ToString();
    }
}
