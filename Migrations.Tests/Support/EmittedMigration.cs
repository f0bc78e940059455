using FluentMigrator;

namespace Migrations.Tests.Support;

/// <summary>The base of the classes that <see cref="EmittedAssembly"/> makes: each does what its test said.</summary>
public abstract class EmittedMigration : Migration
{
    public override void Up() => EmittedAssembly.Find(GetType()).Up(this);

    public override void Down() => (EmittedAssembly.Find(GetType()).Down ?? throw new NotSupportedException("This migration has no way down."))(this);
}
