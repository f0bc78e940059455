namespace Migrations.Tests.Scripting;

/// <summary>What the shell ended with, and what it wrote. Immutable.</summary>
internal sealed record ShellOutcome(int ExitCode, string Output, string Error);
