using System.Collections.Immutable;
using Migrations.Benchmarks.Results;
using Migrations.Core;
using static Migrations.Benchmarks.Alterations.Yardstick;

namespace Migrations.Benchmarks.Alterations;

/// <summary>What is altered, and how little of its yardstick it may take.</summary>
internal static class AlterationCases
{
    private static readonly AccountTable Account = AccountTable.Original;
    private static readonly AccountTable WithDefault = Account.With("spam_threshold", "INTEGER NOT NULL DEFAULT 80");

    // The procedure by hand, and no more than what checks and bookkeeping may add to it.
    private static readonly Goal AsByHand = new(1.05);

    public static readonly AlterationCase DefaultChange = new(
        "change a default", new Goal(0.15), TwelveSteps(WithDefault), table => table.AlterColumn("spam_threshold", column => column.Default(80)));

    public static readonly AlterationCase ForcedCopy = DefaultChange with
    {
        Name = "change a default, forced to copy",
        Goal = AsByHand,
        Mode = RebuildMode.AlwaysCopy,
    };

    public static readonly AlterationCase Rescale = new(
        "rescale + new default",
        new Goal(1.3),
        Update("UPDATE account SET spam_threshold = spam_threshold * 100.0 / 15.0"),
        table => table.Rescale("spam_threshold", fromMax: 15, toMax: 100).AlterColumn("spam_threshold", column => column.Default(80)));

    public static readonly AlterationCase RescaleByFunction = new(
        "rescale by a C# function + new default",
        new Goal(2.0),
        Update("UPDATE account SET spam_threshold = spam_threshold * 100 / 15"),
        table => table.Convert<long, long>("spam_threshold", value => value * 100 / 15).AlterColumn("spam_threshold", column => column.Default(80)));

    public static readonly ImmutableArray<AlterationCase> All =
    [
        DefaultChange,
        new("drop a column", new Goal(1.1), Native("ALTER TABLE account DROP COLUMN signature"), table => table.DropColumn("signature")),
        new(
            "set NOT NULL",
            new Goal(0.2),
            TwelveSteps(Account.With("display_name", "TEXT NOT NULL")),
            table => table.AlterColumn("display_name", column => column.NotNull())),
        new(
            "add a CHECK",
            new Goal(0.2),
            TwelveSteps(Account.WithConstraint("CONSTRAINT threshold_in_range CHECK (spam_threshold BETWEEN 0 AND 15)")),
            table => table.AddCheck("spam_threshold BETWEEN 0 AND 15", "threshold_in_range")),
        new(
            "drop a foreign key",
            new Goal(0.2),
            TwelveSteps(Account.With("domain_id", "INTEGER NOT NULL")),
            table => table.DropForeignKey(["domain_id"])),
        new(
            "widen a VARCHAR",
            new Goal(0.2),
            TwelveSteps(Account.With("email", "VARCHAR(255) NOT NULL")),
            table => table.AlterColumn("email", column => column.Type("VARCHAR(255)"))),
        new(
            "add a foreign key",
            new Goal(0.3),
            TwelveSteps(Account.WithConstraint("CONSTRAINT account_plan FOREIGN KEY (plan_id) REFERENCES plan(id)")),
            table => table.AddForeignKey("plan_id", "plan", "id", key => key.Named("account_plan"))),
        Rescale,
        RescaleByFunction,
        ForcedCopy,
        new(
            "change a default that rows still read from the schema",
            AsByHand,
            TwelveSteps(Account.With("greylisting", "INTEGER NOT NULL DEFAULT 0")),
            table => table.AlterColumn("greylisting", column => column.Default(0)))
        {
            Preparation = "ALTER TABLE account ADD COLUMN greylisting INTEGER NOT NULL DEFAULT 1",
        },
        new(
            "add a UNIQUE constraint",
            AsByHand,
            TwelveSteps(Account.WithConstraint("CONSTRAINT one_name UNIQUE (domain_id, display_name)")),
            table => table.AddUnique(["domain_id", "display_name"], "one_name")),
        new(
            "change a type, INTEGER to TEXT",
            AsByHand,
            TwelveSteps(Account.With("last_seen", "TEXT")),
            table => table.AlterColumn("last_seen", column => column.Type("TEXT"))),
        new(
            "move a column",
            AsByHand,
            TwelveSteps(Account.WithFirst("signature")),
            table => table.MoveColumn("signature").First()),
        new(
            "add a NOT NULL column with values",
            AsByHand,
            TwelveSteps(Account.With("quota", "INTEGER NOT NULL"), ("quota", "plan_id * 1000000")),
            table => table.AddColumn("quota", "INTEGER", column => column.NotNull().ExistingRows("plan_id * 1000000"))),
        new(
            "drop three columns",
            AsByHand,
            TwelveSteps(Account.Without("plan_id", "spam_threshold", "signature")),
            table => table.DropColumn("plan_id").DropColumn("spam_threshold").DropColumn("signature")),
        new(
            "change an indexed column's collation",
            AsByHand,
            TwelveSteps(Account.With("display_name", "TEXT COLLATE NOCASE")),
            table => table.AlterColumn("display_name", column => column.Collate("NOCASE"))),
        new(
            "convert an indexed column",
            AsByHand,
            TwelveSteps(Account, ("display_name", "upper(display_name)")),
            table => table.Convert("display_name", "upper(display_name)")),
        new(
            "convert a column and set it NOT NULL",
            AsByHand,
            TwelveSteps(Account.With("signature", "TEXT NOT NULL"), ("signature", "trim(signature, '0123456789')")),
            table => table.Convert("signature", "trim(signature, '0123456789')").AlterColumn("signature", column => column.NotNull())),
    ];
}
