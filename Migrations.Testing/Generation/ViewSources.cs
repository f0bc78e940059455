using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>The tables that views read, also by way of other views. A name that a view mentions in another sense counts too.</summary>
internal sealed class ViewSources(DatabaseSchema database)
{
    private readonly Dictionary<SqlIdentifier, ImmutableHashSet<SqlIdentifier>> mentioned = database.Views
        .DistinctBy(view => view.Name)
        .ToDictionary(view => view.Name, view => NameTokens.In(view.Sql).Select(token => SqlTokens.Name(view.Sql, token)).ToImmutableHashSet());

    /// <summary>The tables behind a table or view: itself, or those that it reads.</summary>
    public ImmutableHashSet<SqlIdentifier> TablesOf(SqlIdentifier source)
    {
        HashSet<SqlIdentifier> seen = [];
        Stack<SqlIdentifier> left = new([source]);
        while (left.TryPop(out SqlIdentifier name))
        {
            if (seen.Add(name) && mentioned.TryGetValue(name, out ImmutableHashSet<SqlIdentifier>? names))
            {
                foreach (SqlIdentifier next in names)
                {
                    left.Push(next);
                }
            }
        }

        return [.. seen.Where(name => !mentioned.ContainsKey(name))];
    }
}
