using Migrations.Core;

namespace Migrations.Runner.Scripting;

/// <summary>What the migrations do can't be said in SQL that runs anywhere.</summary>
internal sealed class ScriptRefusedException(string message, Exception? innerException = null) : MigrationsException(message, innerException);
