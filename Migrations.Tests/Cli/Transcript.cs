using System.Text;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>
/// A session with the tool, in the folder Transcripts: lines that begin with "$ " are its arguments, those with "&gt; " are SQL that the database gets
/// in between, those with "# " say what it is about, and all others are what the tool wrote.
/// </summary>
internal static class Transcript
{
    /// <summary>Set to 1, it has the sessions written as they are now.</summary>
    private const string Approve = "MIGRATIONS_APPROVE";

    public static void AssertSame(ToolFolder folder, string name)
    {
        string path = Path.Combine(RepositoryFiles.Root.FullName, "Migrations.Tests", "Cli", "Transcripts", name + ".txt");
        string approved = File.ReadAllText(path).ReplaceLineEndings("\n");
        string actual = Play(folder, approved.Split('\n'));
        if (Environment.GetEnvironmentVariable(Approve) is "1")
        {
            File.WriteAllText(path, actual);
        }
        else
        {
            Assert.That(actual, Is.EqualTo(approved), $"If it is meant to be so, write {path} with {Approve}=1.");
        }
    }

    private static string Play(ToolFolder folder, IEnumerable<string> lines)
    {
        StringBuilder played = new();
        foreach (string line in lines.Where(line => line.Length > 1 && line[1] == ' ' && line[0] is '$' or '>' or '#'))
        {
            played.Append(played.Length > 0 && line[0] == '#' ? "\n" : "").Append(line).Append('\n');
            if (line[0] == '>')
            {
                folder.Execute(line[2..]);
            }
            else if (line[0] == '$')
            {
                played.Append(folder.Run(line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Text);
            }
        }

        return played.ToString();
    }
}
