using System.CommandLine;

namespace Migrations.Cli.Verbs;

/// <summary>Verbs that have their first word in common, which does nothing by itself.</summary>
internal sealed class VerbGroup(string name, string description) : Command(name, description);
