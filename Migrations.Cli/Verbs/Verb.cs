using System.CommandLine;

namespace Migrations.Cli.Verbs;

/// <summary>One thing that the tool does. The work is done by the libraries; a verb asks for it, and says how it is shown.</summary>
internal abstract class Verb(string name, string description, string example)
{
    /// <summary>One word or several, as they are typed.</summary>
    public string Name => name;

    public VerbCommand ToCommand()
    {
        VerbCommand command = new(name, description, example);
        AddTo(command);
        return command;
    }

    /// <summary>Does it.</summary>
    public abstract Task<Answer> RunAsync(VerbContext context);

    /// <summary>What to say when it was cancelled.</summary>
    public virtual string WhenCancelled(VerbContext context) => "Cancelled. Nothing was changed.";

    /// <summary>Adds the verb's own arguments and options.</summary>
    protected virtual void AddTo(Command command)
    {
    }
}
