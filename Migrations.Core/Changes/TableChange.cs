namespace Migrations.Core.Changes;

/// <summary>
/// One wanted change of a table. The set is closed: every change is one of the sealed records in this folder. Changes of
/// one alteration are meant in their order, each on what the ones before it left. Immutable.
/// </summary>
internal abstract record TableChange
{
    private protected TableChange()
    {
    }
}
