using Microsoft.Extensions.Options;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Hosting;

/// <summary>Names all faults of a migrator's options when a host starts, or when the migrator is first asked for.</summary>
internal sealed class OptionsValidation : IValidateOptions<DatabaseMigratorOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseMigratorOptions options)
    {
        string owner = string.IsNullOrEmpty(name) ? "" : $"{name}: ";
        string[] faults = [.. OptionFaults.Of(options).Select(fault => owner + fault)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
