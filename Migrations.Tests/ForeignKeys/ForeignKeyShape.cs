namespace Migrations.Tests.ForeignKeys;

/// <summary>Who refers to whom in a database of the foreign key matrix.</summary>
public enum ForeignKeyShape
{
    ToItself,
    Child,
    Grandchild,
    Composite,
    ImpliedTarget,
}
