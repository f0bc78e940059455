using System.Text.Json.Serialization;

namespace Migrations.Runner.Locking;

/// <summary>Writes and reads a holder without reflection, which would cost more than the rest of taking a lock.</summary>
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockHolderJson : JsonSerializerContext;
