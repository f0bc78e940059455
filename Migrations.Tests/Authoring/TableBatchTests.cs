using System.Data;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>Which expressions a batch adds, with which names, and what it becomes on the way down.</summary>
public sealed class TableBatchTests
{
    [Test]
    public void Batch_encloses_its_expressions_in_their_order()
    {
        BatchOptions options = new() { Mode = RebuildMode.AlwaysCopy, Schema = "aux" };
        IReadOnlyList<IMigrationExpression> expressions = Collect(m => m.Alter.TableBatch(
            "fetch", batch => batch.DropColumn("last_check").RenameColumn("a", "b").DropColumn("error"), options));

        Assert.That(expressions.Select(expression => expression.GetType()), Is.EqualTo(new[]
        {
            typeof(BeginTableBatchExpression),
            typeof(DeleteColumnExpression),
            typeof(RenameColumnExpression),
            typeof(DeleteColumnExpression),
            typeof(EndTableBatchExpression),
        }));
        Assert.That(expressions.OfType<ISchemaExpression>().Select(expression => expression.SchemaName), Is.All.EqualTo("aux").And.Exactly(5).Items);
        Assert.That(((BeginTableBatchExpression)expressions[0]).Options, Is.SameAs(options));
        Assert.That(((EndTableBatchExpression)expressions[^1]).Options, Is.SameAs(options));
    }

    [Test]
    public void Alter_puts_changes_in_the_engines_words_in_their_place()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .DropColumn("error")
            .Alter(table => table.AddCheck("quota >= 0").AddUnique(["email"]))
            .RenameColumn("a", "b"));

        Assert.That(expressions.Select(expression => expression.GetType()), Is.EqualTo(new[]
        {
            typeof(DeleteColumnExpression), typeof(AlterTableChangeExpression), typeof(AlterTableChangeExpression), typeof(RenameColumnExpression),
        }));
        Assert.That(((AlterTableChangeExpression)expressions[1]).Wanted, Is.EqualTo(new AddCheck(null, "quota >= 0")));
        Assert.That(((AlterTableChangeExpression)expressions[2]).Wanted, Is.InstanceOf<AddUnique>());
    }

    [Test]
    public void Alter_refuses_to_rename_the_table_of_the_batch() => Assert.That(
        () => Children(batch => batch.Alter(table => table.RenameTo("person"))), Throws.ArgumentException.With.Message.Contains("Rename.Table"));

    [Test]
    public void AlterColumn_with_a_type_adds_what_it_adds_outside_of_a_batch()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .AlterColumn("email").AsString(255, "NOCASE").NotNullable().WithDefaultValue("x")
            .DropColumn("error"));
        var alter = (AlterColumnExpression)expressions[0];
        var setDefault = (AlterDefaultConstraintExpression)expressions[1];

        Assert.That(
            (alter.TableName, alter.Column.Name, alter.Column.Type, alter.Column.Size, alter.Column.IsNullable, alter.Column.CollationName, alter.Column.DefaultValue),
            Is.EqualTo(("user", "email", DbType.String, 255, false, "NOCASE", (object)"x")));
        Assert.That((setDefault.TableName, setDefault.ColumnName, setDefault.DefaultValue), Is.EqualTo(("user", "email", (object)"x")));
        Assert.That(expressions[2], Is.InstanceOf<DeleteColumnExpression>());
        Assert.That(expressions, Has.Count.EqualTo(3));
    }

    [Test]
    public void AlterColumn_with_a_type_only_says_nothing_of_the_rest()
    {
        var alter = (AlterColumnExpression)Children(batch => batch.AlterColumn("email", column => column.AsCustom("VARCHAR(9)"))).Single();

        Assert.That(
            (alter.Column.CustomType, alter.Column.IsNullable, alter.Column.CollationName), Is.EqualTo(("VARCHAR(9)", (bool?)null, (string?)null)));
        Assert.That(alter.Column.DefaultValue, Is.InstanceOf<ColumnDefinition.UndefinedDefaultValue>());
    }

    [Test]
    public void AlterColumn_without_a_type_adds_each_property_on_its_own()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .AlterColumn("a").NotNullable().WithCollation("NOCASE").WithDefaultExpression("random()")
            .AlterColumn("b", column => column.Nullable().WithoutCollation().WithoutDefault()));

        Assert.That(expressions.OfType<TableChangeExpression>().Select(expression => expression.Change), Is.EqualTo(new TableChange[]
        {
            new SetNullability("a", IsNullable: false),
            new SetCollation("a", new SqlIdentifier("NOCASE")),
            new SetNullability("b", IsNullable: true),
            new SetCollation("b", default(SqlIdentifier?)),
        }));
        Assert.That(((AlterDefaultConstraintExpression)expressions[2]).DefaultValue, Has.Property("Value").EqualTo("(random())"));
        Assert.That(((DeleteDefaultConstraintExpression)expressions[5]).ColumnName, Is.EqualTo("b"));
    }

    [Test]
    public void AddColumn_adds_what_FluentMigrators_own_builder_adds()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .AddColumn("owner", column => column.AsInt32().NotNullable().SetExistingRowsTo(7).Indexed().ForeignKey("user", "id").OnDelete(Rule.Cascade))
            .MoveColumn("owner").After("id"));

        Assert.That(expressions.Select(expression => expression.GetType()), Is.EqualTo(new[]
        {
            typeof(CreateColumnExpression),
            typeof(UpdateDataExpression),
            typeof(AlterColumnExpression),
            typeof(CreateIndexExpression),
            typeof(CreateForeignKeyExpression),
            typeof(MoveColumnExpression),
        }));
        Assert.That(((MoveColumnExpression)expressions[5]).Change, Is.EqualTo(new PlaceColumn("owner", ColumnPlace.After("id"))));
    }

    [Test]
    public void Names_come_from_the_conventions()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .AddColumn("owner", column => column.AsInt32().Nullable().Indexed().ForeignKey("account", "id"))
            .AddPrimaryKey(["id"])
            .AddUnique(["a", "b"])
            .AddForeignKey("c", "account", "id", onDelete: Rule.SetNull)
            .CreateIndex(null, index => index.OnColumn("a").Descending().WithOptions().Unique()));
        IReadOnlyList<IMigrationExpression> outside = Collect(m =>
        {
            m.Create.Column("owner").OnTable("user").AsInt32().Nullable().Indexed().ForeignKey("account", "id");
            m.Create.PrimaryKey().OnTable("user").Column("id");
            m.Create.UniqueConstraint().OnTable("user").Columns("a", "b");
            m.Create.ForeignKey().FromTable("user").ForeignColumn("c").ToTable("account").PrimaryColumn("id").OnDelete(Rule.SetNull);
            m.Create.Index().OnTable("user").OnColumn("a").Descending().WithOptions().Unique();
        });

        Assert.That(expressions.Select(Name), Is.EqualTo(outside.Select(Name)));
        Assert.That(expressions.Select(Name).Skip(1), Is.All.Not.Null.And.Not.Empty);

        static string? Name(IMigrationExpression expression) => expression switch
        {
            CreateForeignKeyExpression key => $"{key.ForeignKey.Name} {key.ForeignKey.OnDelete}",
            CreateConstraintExpression constraint => constraint.Constraint.ConstraintName,
            CreateIndexExpression index => index.Index.Name,
            _ => null,
        };
    }

    [Test]
    public void Drops_name_what_they_drop()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .DropPrimaryKey("pk").DropUnique("uq").DropUnique(["a", "b"]).DropForeignKey("fk").DropIndex("ix").DropCheck("ck"));

        Assert.That(expressions.OfType<DeleteConstraintExpression>().Select(e => e.Constraint.ConstraintName), Is.EqualTo(new[] { "pk", "uq", "UC_user_a_b" }));
        Assert.That(expressions.OfType<DeleteForeignKeyExpression>().Single().ForeignKey.ForeignTable, Is.EqualTo("user"));
        Assert.That(expressions.OfType<DeleteIndexExpression>().Single().Index.TableName, Is.EqualTo("user"));
        Assert.That(
            expressions.OfType<TableChangeExpression>().Single().Change, Is.EqualTo(new DropCheck(new SqlIdentifier("ck"), Expression: null)));
    }

    [Test]
    public void Own_changes_are_carried_in_order()
    {
        IReadOnlyList<IMigrationExpression> expressions = Children(batch => batch
            .AddCheck("ck", "a > 0").Strict().NotStrict().WithoutRowId().WithRowId().Convert("a", "a + 1").Map("a", (1, 2)).Rescale("a", 1, 2)
            .Convert<long, long>("a", x => x));

        Assert.That(expressions.Cast<TableChangeExpression>().Select(expression => expression.Change).Take(6), Is.EqualTo(new TableChange[]
        {
            new AddCheck(new SqlIdentifier("ck"), "a > 0"),
            new SetStrict(IsStrict: true),
            new SetStrict(IsStrict: false),
            new SetWithoutRowId(IsWithoutRowId: true),
            new SetWithoutRowId(IsWithoutRowId: false),
            new ConvertColumn("a", new SqlConversion("a + 1")),
        }));
        Assert.That(expressions.Skip(5), Is.All.InstanceOf<ConvertColumnExpression>().And.Exactly(4).Items);
    }

    [Test]
    public void Foreign_key_of_another_table_follows_the_batch()
    {
        IReadOnlyList<IMigrationExpression> expressions = Collect(m => m.Alter.TableBatch("user", batch => batch
            .AddColumn("code", column => column.AsInt32().Nullable().ReferencedBy("child", "code"))
            .DropColumn("error")));

        Assert.That(expressions[^2], Is.InstanceOf<EndTableBatchExpression>());
        Assert.That(((CreateForeignKeyExpression)expressions[^1]).ForeignKey.ForeignTable, Is.EqualTo("child"));
    }

    [Test]
    public void Batch_whose_code_throws_leaves_nothing_behind()
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);

        IReadOnlyList<IMigrationExpression> expressions = runner.Collect(m =>
        {
            Assert.That(
                () => m.Alter.TableBatch("user", batch => { batch.DropColumn("a"); throw new FormatException(); }),
                Throws.InstanceOf<FormatException>());
        });

        Assert.That(expressions, Is.Empty);
    }

    [Test]
    public void Reverse_of_a_batch_is_a_batch_of_the_reversed_in_reverse_order()
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);
        IReadOnlyList<IMigrationExpression> down = runner.Collect(
            new ReversingMigration(m => m.Alter.TableBatch("user", batch => batch
                .AddColumn("a", column => column.AsInt32().Nullable())
                .RenameColumn("b", "c")
                .Map("state", ("open", 0), ("closed", 1))
                .AddCheck("ck", "a > 0")
                .Strict())),
            down: true);

        Assert.That(down.Select(expression => expression.ToString()), Is.EqualTo(new[]
        {
            "Begin Alter.TableBatch of user",
            "NotStrict of user",
            "Delete.CheckConstraint of user: ck",
            "Update.Column of user: state map 0 to 'open', 1 to 'closed'",
            "RenameColumn user c to b",
            "DeleteColumn user a",
            "End Alter.TableBatch of user",
        }));
    }

    [Test]
    public void Reverse_of_what_is_not_known_again_is_refused()
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);

        foreach (Action<ITableBatchSyntax> change in (Action<ITableBatchSyntax>[])
        [
            batch => batch.DropColumn("a"),
            batch => batch.MoveColumn("a").First(),
            batch => batch.AlterColumn("a").NotNullable(),
            batch => batch.AlterColumn("a").WithCollation("NOCASE"),
            batch => batch.AlterColumn("a").AsInt32(),
            batch => batch.DropCheck("ck"),
            batch => batch.Convert("a", "a + 1"),
        ])
        {
            Assert.That(
                () => runner.Collect(new ReversingMigration(m => m.Alter.TableBatch("user", change)), down: true),
                Throws.InstanceOf<NotSupportedException>());
        }
    }

    private static IReadOnlyList<IMigrationExpression> Collect(Action<Migration> up)
    {
        using TestDatabase database = TestDatabase.InMemory();
        using MigrationRun runner = new(database);
        return runner.Collect(up);
    }

    private static IReadOnlyList<IMigrationExpression> Children(Action<ITableBatchSyntax> alter) =>
        [.. Collect(m => m.Alter.TableBatch("user", alter)).Skip(1).SkipLast(1)];
}
