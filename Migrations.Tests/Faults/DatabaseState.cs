using System.Collections.Immutable;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Faults;

/// <summary>All that a stopped alteration must leave as it was: meaning, every byte of every page, and the settings of the connection. Immutable.</summary>
internal sealed class DatabaseState
{
    // sqlite3.h: SQLITE_DBCONFIG_ENABLE_FKEY, ENABLE_TRIGGER, ENABLE_VIEW, DEFENSIVE, WRITABLE_SCHEMA, LEGACY_ALTER_TABLE, DQS_DML, DQS_DDL
    private static readonly int[] Configured = [1002, 1003, 1015, 1010, 1011, 1012, 1013, 1014];

    private static readonly string[] Pragmas = ["main.cache_size", "threads", "main.max_page_count"];

    private readonly DatabaseSnapshot snapshot;
    private readonly byte[] pages;
    private readonly ImmutableArray<string> settings;

    private DatabaseState(DatabaseSnapshot snapshot, byte[] pages, ImmutableArray<string> settings)
    {
        this.snapshot = snapshot;
        this.pages = pages;
        this.settings = settings;
    }

    /// <summary>Reads it through the database's connection, also inside a transaction.</summary>
    public static DatabaseState Of(TestDatabase database) => new(DatabaseSnapshot.Of(database.Connection), PagesOf(database), [.. SettingsOf(database)]);

    /// <summary>Fails the test with what differs.</summary>
    public void AssertSameAs(DatabaseState before)
    {
        snapshot.AssertSameAs(before.snapshot);
        Assert.That(settings.Except(before.settings, StringComparer.Ordinal), Is.Empty);
        Assert.That(pages, Has.Length.EqualTo(before.pages.Length));
        Assert.That(pages.AsSpan().SequenceEqual(before.pages), Is.True, () => $"byte {pages.AsSpan().CommonPrefixLength(before.pages)} of the database is another");
    }

    // c3ref/serialize.html: the very pages that the connection sees, whether they lie in memory, in the file or in its WAL.
    private static byte[] PagesOf(TestDatabase database)
    {
        nint image = raw.sqlite3_serialize(database.Connection.Handle, "main", out long size, 0);
        Assert.That(image, Is.Not.Zero);
        byte[] bytes = new byte[size];
        System.Runtime.InteropServices.Marshal.Copy(image, bytes, 0, bytes.Length);
        raw.sqlite3_free(image);
        return bytes;
    }

    private static IEnumerable<string> SettingsOf(TestDatabase database)
    {
        foreach (int setting in Configured)
        {
            Assert.That(raw.sqlite3_db_config(database.Connection.Handle, setting, -1, out int value), Is.EqualTo(raw.SQLITE_OK));
            yield return $"setting {setting} is {value}";
        }

        foreach (string pragma in Pragmas)
        {
            yield return $"{pragma} is {database.Scalar<string>($"PRAGMA {pragma}")}";
        }
    }
}
