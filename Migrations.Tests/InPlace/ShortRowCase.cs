using Migrations.Core.Changes;

namespace Migrations.Tests.InPlace;

/// <summary>A table t some of whose rows hold no value for some columns, and changes of it..</summary>
internal sealed record ShortRowCase(string Name, string Sql, params TableChange[] Changes)
{
    public override string ToString() => Name;
}
