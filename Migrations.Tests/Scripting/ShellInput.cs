namespace Migrations.Tests.Scripting;

/// <summary>How the shell gets a script.</summary>
public enum ShellInput
{
    /// <summary>sqlite3 app.db &lt; script.sql.</summary>
    Standard,

    /// <summary>sqlite3 app.db ".read script.sql".</summary>
    Read,

    /// <summary>As if somebody pasted it into a session, where the shell goes on after errors whatever it is told.</summary>
    Interactive,

    /// <summary>With the settings that newer shells have: defensive, no trusted schema, no strings in double quotes.</summary>
    Hardened,
}
