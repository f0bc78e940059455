using Migrations.Core.Syntax;

namespace Migrations.Runner.Scripting;

/// <summary>What one migration does, in the order of running. Filled while it is recorded.</summary>
internal sealed class ScriptUnit(MigrationIdentity? migration, bool isUp, bool isInTransaction, bool upgradeEnforces)
{
    private readonly List<ScriptStatement> statements = [];

    /// <summary>The migration; null for what FluentMigrator runs beside migrations.</summary>
    public MigrationIdentity? Migration => migration;

    public bool IsUp => isUp;

    public bool IsInTransaction => isInTransaction;

    /// <summary>Whether SQLite holds foreign keys while the upgrade runs it.</summary>
    public bool UpgradeEnforces => upgradeEnforces;

    /// <summary>Whether SQLite holds foreign keys while the script runs it: a table can only be copied while it does not.</summary>
    public bool EnforcesForeignKeys => upgradeEnforces && !HasAlterations;

    public bool HasAlterations { get; set; }

    /// <summary>The first of its own statements at which foreign keys change other rows where they are held; null where none does.</summary>
    public string? Acting { get; set; }

    public IReadOnlyList<ScriptStatement> Statements => statements;

    /// <summary>The tables whose foreign keys are looked at before it runs.</summary>
    public IReadOnlyList<SqlIdentifier> ChildrenBefore { get; set; } = [];

    /// <summary>The tables whose foreign keys are looked at after it has run.</summary>
    public IReadOnlyList<SqlIdentifier> ChildrenAfter { get; set; } = [];

    /// <summary>Whether it runs statements of its own, which may write to any table.</summary>
    public bool HasStatements { get; set; }

    /// <summary>The tables whose foreign keys an alteration may violate.</summary>
    public HashSet<SqlIdentifier> ForeignKeyTables { get; } = [];

    /// <summary>What is asked of rows where alterations are known to be the only ones who write: those tables, by the names before and after.</summary>
    public IEnumerable<SqlIdentifier> Checked(IEnumerable<SqlIdentifier> children) =>
        HasStatements ? children : children.Where(ForeignKeyTables.Contains);

    public void Add(ScriptStatement statement) => statements.Add(statement);

    public void Add(IEnumerable<ScriptStatement> added) => statements.AddRange(added);

    public void Insert(int index, IEnumerable<ScriptStatement> added) => statements.InsertRange(index, added);
}
